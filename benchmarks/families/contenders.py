"""Every family, about as its paper has it, and the two tutorials."""

from benchmarks.families import tasks
from benchmarks.families import tutorials
from keras_productgen import models

SIZE = tasks.SIZE
_STEERED = tasks.MODEL_CONDITIONS


def _plain(family, **arguments):
    def make(seed):
        return getattr(models, family)(image_size=SIZE, seed=seed, **arguments)

    return make, lambda: tasks.generation(conditional=False)


def _steered(family, **arguments):
    make, _ = _plain(family, **_STEERED, **arguments)
    return make, lambda: tasks.generation(conditional=True)


# Name: function from a seed to the model, function that makes the task.
GENERATORS = {
    "DCGAN of keras.io": (
        lambda seed: tutorials.KerasIO(),
        lambda: tasks.generation(conditional=False),
    ),
    "DCGAN of tensorflow.org": (
        lambda seed: tutorials.TensorFlowOrg(),
        lambda: tasks.generation(conditional=False),
    ),
    "GAN": _plain("GAN"),
    "DCGAN": _plain("DCGAN", width=32),
    "WGAN": _plain("WGAN", width=32),
    "WGANGP": _plain("WGANGP", width=32),
    "ConditionalGAN": _steered("ConditionalGAN", width=32),
    "ACGAN": _steered(
        "ACGAN",
        width=32,
        auxiliary_weight={"category": 1.0, "color": 20.0},
        guess_fake_images=False,
    ),
    "StyleGAN2": _steered(
        "StyleGAN2", width=16, latent_dim=128, mapping_layers=4
    ),
    "FastGAN": _steered("FastGAN", width=16),
    "FeatureGAN": _steered("FeatureGAN", width=32),
}
TRANSLATORS = {
    "Pix2Pix": (
        lambda seed: models.Pix2Pix(
            SIZE, width=32, discriminator_layers=2, seed=seed
        ),
        tasks.sketches,
    ),
    "CycleGAN": (
        lambda seed: models.CycleGAN(
            SIZE, width=24, num_blocks=3, discriminator_layers=2, seed=seed
        ),
        tasks.seller_photos,
    ),
    "StarGAN": (
        lambda seed: models.StarGAN(
            vectors={"color": 3},
            image_size=SIZE,
            width=24,
            num_blocks=3,
            discriminator_layers=3,
            blended=True,
            seed=seed,
        ),
        tasks.recoloring,
    ),
}
FAMILIES = GENERATORS | TRANSLATORS
