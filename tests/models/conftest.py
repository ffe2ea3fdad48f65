"""Which tests of a model are slow.

What follows from the base class is tested quickly with a few models: on
TensorFlow all but the heavy ones and those like others; on the other backends,
which compile whatever trains for many seconds, with ConditionalGAN and DnCNN,
on torch with WGANGP and Pix2Pix, too.
"""

import keras
import pytest

HEAVY = {"ColorCurves", "EDSR", "FastGAN", "FeatureGAN", "IMDN"}
HEAVY |= {"MattingUNet", "NAFNet", "Restorer", "StyleGAN2", "ZeroDCE"}
# Little else than others: GAN and WGAN than DCGAN, ACGAN than ConditionalGAN.
LIKE_OTHERS = {"ACGAN", "CycleGAN", "ESPCN", "GAN", "WGAN"}
QUICK = {
    "test_config_round_trip",
    "test_loaded_model_goes_on_as_if_never_saved",
    "test_every_weight_of_every_network_moves_in_one_step",
    "test_same_seed_gives_the_same_pictures",
    "test_tiles_leave_no_seam",
    "test_first_weights_follow_the_global_seed_alone",
}
BRIEF = QUICK - {
    "test_loaded_model_goes_on_as_if_never_saved",
    "test_first_weights_follow_the_global_seed_alone",
}
SLOW = set()
if keras.config.backend() != "tensorflow":
    HEAVY |= {"Autoencoder", "DCGAN", "StarGAN"}
    QUICK -= {"test_every_weight_of_every_network_moves_in_one_step"}
    QUICK |= {"test_learns_the_color_of_its_data"}
if keras.config.backend() == "jax":
    # Making a network takes seconds, and so does calling it.
    QUICK = {"test_learns_the_color_of_its_data"}
    HEAVY |= {"DeepFill", "Pix2Pix", "WGANGP", "ZeroDCE"}
    SLOW = {
        "test_ends_on_the_same_weights_however_it_is_run",
        "test_generator_loss_is_the_sum_of_three",
        "test_noise_of_a_picture_is_its_seed_and_number",
        "test_refuses_to_be_compiled_with",
        "test_refuses_weights_below_zero_and_unknown_directions",
        "test_saved_model_keeps_its_encoder_and_what_it_learned_of_features",
        "test_several_steps_per_execution_end_on_the_same_weights",
        "test_targets_are_the_conditions_of_other_pictures_of_the_batch",
        "test_training_mixes_the_styles_of_two_latents",
        "test_what_is_in_the_hole_has_no_say",
        "test_without_an_identity_weight_no_identity_is_computed",
        "test_killed_training_resumes_from_its_backup",
        "test_learns_both_ways_without_pairs",
        "test_larger_pictures_are_learned",
        "test_learns_what_belongs_where",
        "test_losses_are_those_of_the_paper",
        "test_path_length_is_measured_every_few_steps",
        "test_all_together_train_in_bfloat16",
        "test_predict_takes_either_kind",
        "test_without_dropout_at_inference_all_noises_are_one",
        "test_value_range_holds_for_what_goes_in_and_comes_out",
        "test_what_is_not_named_is_read_from_the_pictures",
        "test_three_layers_see_seventy_pixels",
        "test_rows_are_drawn_then_exchanged_then_the_pictures_own",
        "test_learns_to_find_what_it_was_shown",
        "test_learns_to_take_a_cast_away",
        "test_logit_depends_on_its_patch_alone",
        "test_denoising_is_learned",
        "test_condition_chooses_the_color",
    }


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    for item in items:
        parameters = getattr(item, "callspec", None)
        values = {*map(str, parameters.params.values())} if parameters else ()
        name = item.originalname
        heavy = HEAVY.intersection(values) and name not in QUICK
        alike = LIKE_OTHERS.intersection(values) and name not in BRIEF
        if heavy or alike or name in SLOW:
            item.add_marker(pytest.mark.slow)
