import keras
import numpy as np
import pytest
from keras import ops

from keras_productgen import models
from keras_productgen.losses import NonSaturatingLoss
from keras_productgen.models import guesses
from keras_productgen.models.batch import Batch
from tests.checks import to_numpy
from tests.models.cases import CASES
from tests.models.cases import data_for

KINDS = dict(
    categories={"category": 3}, vectors={"color": 2}, labels={"tags": 2}
)


def tensors(**arrays):
    return {
        name: ops.convert_to_tensor(np.asarray(values))
        for name, values in arrays.items()
    }


def guessed_and_true():
    guessed = tensors(
        category=np.array([[2.0, 0.0, 1.0], [0.0, -1.0, 0.0]], "float32"),
        color=np.array([[0.5, 0.0], [1.0, 1.0]], "float32"),
        tags=np.array([[3.0, -1.0], [1.0, 2.0]], "float32"),
    )
    true = tensors(
        category=np.array([0, 1], "int32"),
        color=np.array([[0.0, 0.0], [1.0, 0.0]], "float32"),
        tags=np.array([[1.0, 0.0], [0.0, 1.0]], "float32"),
    )
    return guessed, true


@pytest.mark.backends
def test_loss_of_the_guesses_by_hand():
    losses = guesses.losses(*guessed_and_true(), **KINDS)
    found = {name: float(to_numpy(loss)) for name, loss in losses.items()}
    e = np.exp
    category = -np.log([e(2) / (e(2) + 1 + e(1)), e(-1) / (2 + e(-1))]).mean()
    color = np.mean([0.25, 0.0, 0.0, 1.0])

    def sigmoid(x):
        return 1 / (1 + e(-x))

    likelihoods = [sigmoid(3), 1 - sigmoid(-1), 1 - sigmoid(1), sigmoid(2)]
    expected = {
        "category": category,
        "color": color,
        "tags": -np.log(likelihoods).mean(),
    }
    assert found == pytest.approx(expected, rel=1e-5)


@pytest.mark.backends
def test_measures_of_the_guesses_by_hand():
    found = guesses.measures(*guessed_and_true(), **KINDS)
    means = {
        name: float(np.mean(to_numpy(values))) for name, values in found.items()
    }
    assert means == {
        "category_accuracy": 0.5,
        "color_error": 0.375,
        "tags_accuracy": 0.75,
    }


@pytest.mark.parametrize("guess_fake_images", [True, False])
def test_losses_of_both_networks_are_those_of_the_paper(guess_fake_images):
    model = CASES["ACGAN"](
        auxiliary_weight={"color": 3.0}, guess_fake_images=guess_fake_images
    )
    model.compile()
    images, conditions = data_for(model, 6)
    images, conditions = model.unpack((images, conditions))
    fake = ops.zeros_like(images)
    wanted = model.categories, model.vectors, model.labels
    adversarial = NonSaturatingLoss()
    real_outputs = model.discriminator(images)
    fake_outputs = model.discriminator(fake)

    def guessing(outputs):
        losses = guesses.losses(outputs, conditions, *wanted)
        return losses["category"] + 3 * losses["color"] + losses["attributes"]

    on_real, on_fake = guessing(real_outputs), guessing(fake_outputs)
    batch = Batch(images, conditions, None)
    d_loss = model.discriminator_loss(fake, batch, training=False)
    expected = (
        on_real
        + (on_fake if guess_fake_images else 0.0)
        + adversarial.discriminator(
            real_outputs["logits"], fake_outputs["logits"]
        )
    )
    assert to_numpy(d_loss) == pytest.approx(to_numpy(expected), rel=1e-5)
    g_loss = model.generator_loss(fake, batch, training=False)
    expected = on_fake + adversarial.generator(fake_outputs["logits"])
    assert to_numpy(g_loss) == pytest.approx(to_numpy(expected), rel=1e-5)


def test_logs_how_much_of_the_real_images_is_guessed():
    model = CASES["ACGAN"]()
    model.compile()
    names = ["category_accuracy", "color_error", "attributes_accuracy"]
    assert [name for name in model.logged if name in names] == names


def test_learns_to_tell_and_to_make_what_is_asked_for():
    images = np.zeros((128, 8, 8, 3), "float32")
    category = np.repeat([0, 1], 64).astype("int32")
    images[:64, ..., 0] = 255.0
    images[64:, ..., 2] = 255.0
    model = models.ACGAN(
        {"category": ["red", "blue"]}, image_size=8, latent_dim=4, width=8,
        seed=0,
    )  # fmt: skip
    model.compile(
        d_optimizer=keras.optimizers.Adam(5e-3, beta_1=0.5),
        g_optimizer=keras.optimizers.Adam(5e-3, beta_1=0.5),
        ema_decay=0.9,
    )
    history = model.fit(
        images, {"category": category}, batch_size=32, epochs=40, verbose=0
    ).history
    assert history["category_accuracy"][-1] == 1.0
    for name, channel in (("red", 0), ("blue", 2)):
        pictures = model.generate(32, 0, conditions={"category": name})
        means = pictures.mean(axis=(0, 1, 2))
        assert means[channel] > 180 and np.delete(means, channel).max() < 75


@pytest.mark.parametrize("weight", [0, {"color": -1.0}, {"shape": 1.0}])
def test_weights_that_leave_no_guess(weight):
    with pytest.raises(ValueError, match="Received: auxiliary_weight="):
        CASES["ACGAN"](auxiliary_weight=weight)
