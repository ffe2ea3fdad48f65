import numpy as np
import pytest

from keras_productgen.editing import latents as space
from keras_productgen.editing.latents.closed_form import eigenvectors
from keras_productgen.models import FeatureGAN
from tests.editing.latents import toys
from tests.models.cases import CASES


def vectors_of(directions):
    return np.stack([direction.vector for direction in directions])


def planted(shape, gains):
    """A kernel that takes coordinate `k` with gain `gains[k]`."""
    kernel = np.zeros(shape, "float32")
    kernel[range(len(gains)), range(len(gains))] = gains
    return kernel


def test_eigenvectors_by_hand():
    # Of [[2, 1], [1, 2]] = kernel @ kernel.T: 3 along (1, 1), 1 across.
    kernel = np.array([[1.0, 1.0, 0.0], [1.0, 0.0, 1.0]])
    values, vectors = eigenvectors(kernel)
    np.testing.assert_allclose(values, [3.0, 1.0])
    np.testing.assert_allclose(vectors[:, 0], np.sqrt([0.5, 0.5]))
    assert abs(vectors[:, 1] @ [1.0, 1.0]) < 1e-12


def test_strongest_coordinate_of_the_first_layer_comes_first():
    model = toys.dcgan()
    dense = model.ema_generator.layers[1]
    dense.set_weights([planted(dense.kernel.shape, (1.0, 3.0, 2.0, 0.5))])
    directions = space.closed_form_directions(model, 3)
    np.testing.assert_allclose(
        vectors_of(directions), np.eye(4)[[1, 2, 0]], atol=1e-6
    )
    scores = [direction.score for direction in directions]
    np.testing.assert_allclose(scores, [3.0, 2.0, 1.0], rtol=1e-5)


def test_scales_and_shifts_of_a_conditional_generator_count():
    model = toys.conditional_gan()
    for layer in model.ema_generator.layers:
        for weight in layer.weights:
            if weight.name == "kernel" and "scale_and_shift" in weight.path:
                gains = (0, 0, 9, 0) if "dense" in weight.path else ()
                weight.assign(planted(weight.shape, gains))
    direction = space.closed_form_directions(model, 1)[0]
    np.testing.assert_allclose(direction.vector, [0, 0, 1, 0], atol=0.05)


def test_styles_are_taken_by_the_layers_that_are_named():
    model = toys.stylegan2()
    synthesis = model.ema_generator.get_layer("synthesis")
    modulated = [
        layer for layer in synthesis.layers if "modulated" in layer.name
    ]
    # In the synthesis of 8 pixels the two images are those without
    # demodulation, and take the second and the last style.
    last = [layer for layer in modulated if not layer.demodulate][-1]
    kernel = planted(last.affine.kernel.shape, (0, 0, 0, 50.0))
    last.affine.kernel.assign(kernel)
    direction = space.closed_form_directions(model, 1, layers=[3])[0]
    np.testing.assert_allclose(direction.vector, [0, 0, 0, 1], atol=1e-6)
    assert direction.of_styles and direction.layers == (3,)
    assert direction.score == pytest.approx(50.0 * last.affine.scale)
    other = space.closed_form_directions(model, 1, layers=[0, 1, 2])[0]
    assert abs(other.vector[3]) < 0.99


@pytest.mark.parametrize("name", sorted({*CASES} - {"FeatureGAN"}))
def test_directions_of_every_model_change_its_pictures(name):
    model = CASES[name]()
    directions = space.closed_form_directions(model, 4)
    vectors = vectors_of(directions)
    np.testing.assert_allclose(vectors @ vectors.T, np.eye(4), atol=1e-5)
    scores = [direction.score for direction in directions]
    assert scores == sorted(scores, reverse=True) and scores[0] > 0.0


def test_refuses_what_has_no_such_directions():
    with pytest.raises(ValueError, match="from 1 to 4. Received: num=5"):
        space.closed_form_directions(toys.dcgan(), 5)
    with pytest.raises(ValueError, match=r"layers=\[0\]"):
        space.closed_form_directions(toys.dcgan(), layers=[0], num=1)
    with pytest.raises(ValueError, match=r"layers=\[4\]"):
        space.closed_form_directions(toys.stylegan2(), 1, [4])
    model = CASES["FeatureGAN"]()
    assert isinstance(model, FeatureGAN)
    with pytest.raises(ValueError, match="already.*type FeatureGAN"):
        space.closed_form_directions(model, 1)
