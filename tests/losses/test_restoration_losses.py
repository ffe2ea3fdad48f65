"""What every loss of pictures owes a training."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_productgen import backend
from keras_productgen import losses
from keras_productgen import models
from tests.checks import check_config_round_trip
from tests.checks import to_numpy

LOSSES = {
    "ssim": losses.SSIMLoss,
    "multiscale_ssim": lambda: losses.MultiscaleSSIMLoss(2),
    "perceptual": lambda: losses.PerceptualLoss(stages=[0, 1]),
    "frequency": losses.FrequencyLoss,
    "weighted": lambda: losses.WeightedLoss(
        [losses.CharbonnierLoss(), losses.FrequencyLoss()], [1.0, 0.5]
    ),
}


# There every operation is compiled by itself.
_slow_on_jax = [pytest.mark.slow] if keras.config.backend() == "jax" else []


@pytest.fixture(
    params=[
        pytest.param(name, marks=_slow_on_jax)
        if name in ("multiscale_ssim", "perceptual")
        else name
        for name in LOSSES
    ]
)
def loss(request):
    return LOSSES[request.param]()


def images(seed=0, count=2, side=32):
    generator = np.random.default_rng(seed)
    coarse = generator.uniform(-1, 1, (count, side // 8, side // 8, 3))
    fine = coarse.repeat(8, 1).repeat(8, 2)
    return (0.9 * fine).astype("float32")


def slopes(loss, goal, others):
    return backend.input_gradient(
        lambda x: loss(ops.convert_to_tensor(goal), x),
        ops.convert_to_tensor(others),
    )


def test_images_become_like_the_goal_by_descending(loss):
    goal = images()
    painting = 0.3 * images(seed=1)
    first = float(loss(goal, painting))
    for _ in range(20):
        slope = to_numpy(slopes(loss, goal, painting))
        painting = painting - 0.1 * slope / np.sqrt(np.mean(slope**2))
    assert float(loss(goal, painting)) < 0.5 * first


@pytest.mark.backends
def test_no_slope_is_without_bounds(loss):
    goal = images()
    for other in (goal, -goal, 0 * goal):
        slope = to_numpy(slopes(loss, goal, other))
        assert np.isfinite(slope).all()
        assert np.abs(slope).max() < 10.0


def test_identical_images_have_the_least_loss(loss):
    goal = images()
    least = float(loss(goal, goal))
    assert least == pytest.approx(0.0, abs=2e-3)
    assert float(loss(goal, images(seed=1))) > least + 0.01


def test_config_round_trip(loss):
    check_config_round_trip(loss)


@pytest.mark.parametrize("name", ["perceptual", "weighted"])
def test_is_saved_with_a_compiled_model_without_weights_of_its_own(
    name, tmp_path
):
    sizes = []
    for loss in (LOSSES[name](), losses.CharbonnierLoss()):
        model = models.DnCNN(depth=3, width=4, seed=0)
        model.compile(loss=loss)
        model.save(tmp_path / "model.keras")
        sizes.append((tmp_path / "model.keras").stat().st_size)
        if len(sizes) == 1:
            loaded = keras.saving.load_model(tmp_path / "model.keras")
    assert sizes[0] < sizes[1] + 2_000
    goal, other = images(), images(seed=1)
    expected = float(LOSSES[name]()(goal, other))
    assert float(loaded.image_loss(goal, other)) == pytest.approx(expected)


@pytest.mark.backends
def test_trains_a_model_that_restores():
    pictures = (images(count=8) + 1) * 127.5
    noise = np.random.default_rng(0).normal(0, 30, pictures.shape)
    damaged = (pictures + noise).astype("float32")
    model = models.DnCNN(depth=3, width=8, seed=0)
    parts = [losses.CharbonnierLoss(), losses.SSIMLoss()]
    model.compile(
        keras.optimizers.Adam(5e-3), losses.WeightedLoss(parts, [1.0, 0.3])
    )
    history = model.fit(
        damaged, pictures, epochs=20, batch_size=4, verbose=0
    ).history
    assert history["loss"][-1] < 0.8 * history["loss"][0]
    assert history["psnr"][-1] > history["psnr"][0] + 2
