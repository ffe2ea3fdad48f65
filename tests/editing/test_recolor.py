import numpy as np
import pytest
from skimage.color import deltaE_ciede2000
from skimage.color import rgb2lab

from keras_productgen import data
from keras_productgen import metrics
from keras_productgen.editing import recolor
from keras_productgen.editing.main_color import main_area
from keras_productgen.images.kinds import filled

COLORS = {
    "white": (0.95, 0.95, 0.95),
    "black": (0.07, 0.07, 0.08),
    "red": (0.8, 0.1, 0.1),
    "pink": (0.96, 0.78, 0.82),
}


@pytest.fixture(scope="module")
def catalog():
    return data.ProductCatalog(96, seed=3)


def rendered(catalog, **changes):
    item = catalog.item(0).replace(
        category="t-shirt", pattern="plain", background="plain", gloss=0.0,
        background_color=(0.6, 0.62, 0.6), **changes,
    )  # fmt: skip
    return catalog.render(item)


def shirt(catalog, color, **changes):
    return rendered(
        catalog, color=color, second_color=color, view_angle=0.0, **changes
    )


def difference(image, area, color):
    found = np.median(image[area].reshape(-1, 3), axis=0) / 255.0
    return deltaE_ciede2000(rgb2lab(found), rgb2lab(np.asarray(color)))


@pytest.mark.parametrize("old", ["white", "black", "red"])
@pytest.mark.parametrize("new", list(COLORS))
def test_the_cloth_gets_the_color_asked_for(catalog, old, new):
    product = shirt(catalog, COLORS[old])
    image = recolor(product.image, COLORS[new], product.mask)
    assert difference(image, product.mask == 255, COLORS[new]) < 3.0


def test_folds_stay_where_they_are(catalog):
    product = shirt(catalog, COLORS["red"])
    image = recolor(product.image, (0.1, 0.3, 0.6), product.mask)
    area = product.mask == 255
    before, after = (
        rgb2lab(each / 255.0)[area][:, 0] for each in (product.image, image)
    )
    assert np.corrcoef(before, after)[0, 1] > 0.97


def test_white_cloth_has_weaker_folds_than_black(catalog):
    product = shirt(catalog, (0.4, 0.4, 0.4))
    spread = {}
    for name in ("white", "black"):
        image = recolor(product.image, COLORS[name], product.mask)
        levels = image[product.mask == 255].mean(axis=-1) + 8.0
        spread[name] = np.log(levels).std()
    assert spread["white"] < 0.5 * spread["black"]


def test_is_near_to_the_true_render(catalog):
    product = shirt(catalog, (0.2, 0.5, 0.3))
    true = shirt(catalog, (0.7, 0.2, 0.5)).image
    found = recolor(product.image, (0.7, 0.2, 0.5), product.mask, contrast=1.0)
    pairs = np.stack([true] * 2), np.stack([found, product.image])
    made, unchanged = np.asarray(metrics.psnr(*pairs))
    assert made > 24.0 and made > unchanged + 6.0


def test_nothing_changes_beyond_the_edge(catalog):
    product = shirt(catalog, COLORS["red"])
    image = recolor(product.image, COLORS["white"], product.mask)
    y, x = np.nonzero(product.mask)
    around = np.ones(product.mask.shape, bool)
    around[y.min() - 6 : y.max() + 7, x.min() - 6 : x.max() + 7] = False
    np.testing.assert_array_equal(image[around], product.image[around])


def two_colors():
    """A blue square with an orange stripe on white, and its mask."""
    image = np.full((80, 80, 3), 250, "uint8")
    image[10:70, 10:70] = 40, 60, 160
    image[34:46, 10:70] = 230, 140, 30
    mask = np.zeros((80, 80), bool)
    mask[10:70, 10:70] = True
    return image, mask


def test_other_colors_stay_unless_told_otherwise():
    image, mask = two_colors()
    kept = recolor(image, (0.1, 0.5, 0.2), mask)
    np.testing.assert_array_equal(kept[40, 40], image[40, 40])
    assert difference(kept[20:25, 20:60], ..., (0.1, 0.5, 0.2)) < 1.0
    all_of_it = recolor(image, (0.1, 0.5, 0.2), mask, keep_other_colors=False)
    assert np.abs(all_of_it[40, 40] - image[40, 40].astype(int)).max() > 60


def test_the_color_that_is_meant_can_be_said():
    image, mask = two_colors()
    orange = (0.9, 0.55, 0.12)
    made = recolor(image, (0.1, 0.5, 0.2), mask, from_color=orange)
    np.testing.assert_array_equal(made[20, 40], image[20, 40])
    assert difference(made[37:43, 20:60], ..., (0.1, 0.5, 0.2)) < 1.0
    area = main_area(image, mask.astype("float32"), orange)
    assert area[40, 40] and not area[20, 40]


def test_same_input_gives_same_bytes(catalog):
    product = shirt(catalog, COLORS["red"])
    one, other = (recolor(product.image, COLORS["pink"]) for _ in range(2))
    np.testing.assert_array_equal(one, other)


def test_a_picture_of_nothing_but_product_is_recolored():
    image = np.full((32, 32, 3), (200, 30, 30), "uint8")
    made = recolor(image, (0.1, 0.3, 0.6), np.ones((32, 32), bool))
    assert difference(made, ..., (0.1, 0.3, 0.6)) < 1.0


def cut_out(product):
    """Its own colours up to the edge; what nobody sees must not bleed."""
    whole = np.where(product.mask == 255, 255, 0)
    colors = filled(product.image, whole.astype("uint8"))
    colors = np.where(product.mask[..., None] > 0, colors, (0, 255, 0))
    return np.dstack([colors.astype("uint8"), product.mask])


def test_a_cut_out_is_recolored_to_its_edge_and_stays_cut_out(catalog):
    picture = cut_out(shirt(catalog, COLORS["red"]))
    made = recolor(picture, (0.1, 0.2, 0.8), contrast=1)
    alpha = picture[..., 3]
    np.testing.assert_array_equal(made[..., 3], alpha)
    hidden = alpha == 0
    np.testing.assert_array_equal(made[hidden], picture[hidden])
    assert difference(made[..., :3], alpha == 255, (0.1, 0.2, 0.8)) < 1.5
    # No rim of red is left: blue is more than red wherever something is seen.
    seen = made[alpha > 0].astype(int)
    assert (seen[:, 2] > seen[:, 0] + 20).mean() > 0.99


def test_an_alpha_channel_that_hides_nothing_says_nothing(catalog):
    product = shirt(catalog, COLORS["red"])
    opaque = np.dstack([product.image, np.full_like(product.mask, 255)])
    made = recolor(opaque, COLORS["pink"])
    np.testing.assert_array_equal(
        made[..., :3], recolor(product.image, COLORS["pink"])
    )
    assert (made[..., 3] == 255).all()


def test_a_cut_out_of_nothing_is_refused(catalog):
    picture = cut_out(shirt(catalog, COLORS["red"]))
    picture[..., 3] = 0
    with pytest.raises(ValueError, match="must hold a product"):
        recolor(picture, COLORS["pink"])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"color": (255, 0, 0)}, r"`color` must be three sRGB"),
        ({"color": (0.1, 0.2)}, r"`color` must be three sRGB"),
        ({"color": (0.1, 0.2, np.nan)}, r"`color` must be three sRGB"),
        ({"from_color": (0, 0, 2)}, r"`from_color` must be three sRGB"),
        ({"contrast": 0.0}, "`contrast` must be above 0"),
        ({"mask": np.zeros((80, 80), bool)}, "must hold a product"),
    ],
)
def test_refuses_nonsense(arguments, message):
    image, mask = two_colors()
    with pytest.raises(ValueError, match=message):
        recolor(image, **{"color": (0, 0, 1), "mask": mask, **arguments})
