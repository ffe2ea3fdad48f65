"""Outlines of found products: smooth, and with the corners they have."""

import cv2
import numpy as np
import pytest

from keras_productgen import images
from keras_productgen.data import ProductCatalog
from keras_productgen.editing.matte.clear_edges import clear_edges
from keras_productgen.pipeline.studio_shot import matting

BOX = (slice(60, 240), slice(80, 220))


def box(color=(200, 30, 30), backdrop=255):
    photo = np.full((300, 300, 3), backdrop, "uint8")
    photo[BOX] = color
    exact = np.zeros((300, 300), "uint8")
    exact[BOX] = 255
    return photo, exact


def softened(exact):
    """A matte as networks give it, soft along the outline."""
    return cv2.GaussianBlur(exact, (0, 0), 1.2)


@pytest.mark.parametrize("color, backdrop", [((200, 30, 30), 255), (40, 190)])
def test_corners_of_a_box_stay_corners(color, backdrop):
    photo, exact = box(color, backdrop)
    made = matting.settled(softened(exact), photo)
    np.testing.assert_array_equal(made, exact)


def test_a_file_of_few_bytes_shows_corners_too():
    photo, exact = box()
    photo = images.load(images.encode(photo, "JPEG", quality=85))
    made = matting.settled(softened(exact), photo)
    assert abs(made.astype(int) - exact).mean() < 0.5
    corner = made[60:64, 80:84].astype(int)
    assert corner.min() > 100 and corner.mean() > 200


def test_mixed_pixels_are_as_much_product_as_their_colour():
    photo, exact = box((0, 0, 0), 255)
    photo[60, 80:220] = 188  # Half of the light, as CIELAB has it: about 0.3.
    part, trust = clear_edges(photo, exact)
    assert (trust[60, 90:210] > 0.99).all()
    assert (abs(part[60, 90:210] - part[60, 150]) < 1e-3).all()
    assert 0.1 < part[60, 150] < 0.5


def test_where_the_photo_is_not_clear_the_outline_is_smooth():
    photo, exact = box()
    noise = np.random.default_rng(0).integers(0, 256, photo.shape, "uint8")
    ragged = exact.copy()
    ragged[56:60, 100:220:8] = 255
    _, trust = clear_edges(noise, ragged)
    assert trust.max() == 0.0
    made = matting.settled(ragged, noise)
    assert made[57, 90:230].max() < 128
    # The photo is clear, and the matte lies beside its edges.
    beside = np.roll(exact, 9, axis=1)
    assert clear_edges(photo, beside)[1][150, [80, 89, 220, 229]].max() == 0.0


def test_threads_beside_the_edge_are_none():
    photo, exact = box()
    photo[40:60, 150] = photo[BOX][0, 0]
    assert matting.settled(softened(exact), photo)[40:57, 150].max() == 0


def test_rendered_outlines_come_nearer_to_the_truth():
    catalog = ProductCatalog(192, seed=8, attributes={"background": "plain"})
    errors = {"blurred": 0.0, "settled": 0.0}
    grey = np.full((192, 192, 3), 128, "uint8")
    for index in range(6):
        product = catalog[index]
        exact = product.mask.astype(int)
        soft = softened(product.mask)
        for name, photo in (("blurred", grey), ("settled", product.image)):
            made = matting.settled(soft, photo)
            errors[name] += abs(made - exact).mean()
    assert errors["settled"] < 0.9 * errors["blurred"]
