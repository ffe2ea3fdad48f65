import numpy as np
import pytest

from keras_productgen import evaluation
from keras_productgen.data import ProductCatalog
from keras_productgen.data.catalog import CATEGORIES
from keras_productgen.evaluation import intervals
from keras_productgen.evaluation.control.wishes import groups_of

SIZE = 32
KINDS = ("dress", "shoes", "vase")


class Renderer:
    """A model that renders products of the category it is asked for."""

    image_shape = (SIZE, SIZE, 3)
    value_range = (0, 255)
    categories = {"category": list(CATEGORIES)}
    vectors = {}

    def count_params(self):
        return 0

    def get_weights(self):
        return []

    def generate(self, num_images, seed=0, conditions=None, first_index=0):
        kind = CATEGORIES[int(np.asarray(conditions["category"]).ravel()[0])]
        catalog = ProductCatalog(SIZE, 900 + first_index, (kind,), num_images)
        items = [self.item(catalog, index) for index in range(num_images)]
        return np.stack([catalog.render_image(item) for item in items]).astype(
            "float32"
        )

    def item(self, catalog, index):
        return catalog.item(index)


class OtherBackdrops(Renderer):
    """One product for each wish, on a backdrop of another colour each time."""

    def item(self, catalog, index):
        other = catalog.item(index)
        return catalog.item(0).replace(
            background="plain",
            pattern="plain",
            color=(0.5, 0.1, 0.15),
            background_color=other.background_color,
        )


class OneColorAlone(Renderer):
    """Red products, of every shape: as varied as the real ones."""

    def item(self, catalog, index):
        return catalog.item(index).replace(color=(0.6, 0.1, 0.1))


class OnePicture(Renderer):
    def item(self, catalog, index):
        return catalog.item(0)


@pytest.fixture(scope="module")
def catalog():
    return ProductCatalog(SIZE, 5, KINDS, 12)


def measured(model, real, **settings):
    settings = {"num_wishes": 3, "num_each": 10, **settings}
    return evaluation.measure_variety(model(), real, **settings)


def test_real_renders_are_as_varied_as_real_ones(catalog):
    for model in (Renderer, OneColorAlone):
        assert 0.75 < measured(model, catalog).value < 1.3


def test_one_picture_for_each_wish_has_no_variety(catalog):
    found = measured(OnePicture, catalog)
    assert found.value == pytest.approx(0.0, abs=1e-3)
    assert found.interval[1] < 0.01
    # Over all wishes these pictures do differ: not what is measured here.
    assert set(found.values["category"]) == {
        CATEGORIES.index(kind) for kind in KINDS
    }


def test_other_backdrops_are_no_variety(catalog):
    found = measured(OtherBackdrops, catalog)
    assert found.value < 0.3 and found.interval[1] < 0.6


def test_pictures_of_the_same_category_stand_in_for_exact_renders():
    catalog = ProductCatalog(SIZE, 6, KINDS, 48)
    real = catalog.dataset(24, ("category",), shuffle=False)
    found = measured(Renderer, real)
    assert not found.exact and measured(OnePicture, real).value < 0.01
    assert 0.7 < found.value < 1.4


def test_wishes_are_drawn_evenly_and_repeat_by_their_seed(catalog):
    found = measured(OnePicture, catalog, num_wishes=6, num_each=2)
    values, counts = np.unique(found.wishes["category"], return_counts=True)
    assert len(values) == 3 and (counts == 2).all()
    again = measured(OnePicture, catalog, num_wishes=6, num_each=2)
    np.testing.assert_array_equal(found.real_distances, again.real_distances)


def test_refuses_what_has_no_wish(catalog):
    with pytest.raises(ValueError, match="num_each=1"):
        measured(Renderer, catalog, num_each=1)
    plain = Renderer()
    plain.categories = {}
    with pytest.raises(ValueError, match="must take conditions"):
        evaluation.measure_variety(plain, catalog)


def test_the_interval_is_for_other_wishes_by_hand():
    parts, wholes = np.array([1.0, 0.0]), np.array([1.0, 1.0])
    # Of two draws out of two a quarter is (0, 0), a quarter (1, 1).
    assert intervals.around_ratio(parts, wholes) == (0.0, 1.0)
    same = intervals.around_ratio(0.3 * np.ones(9), np.ones(9))
    assert same == pytest.approx((0.3, 0.3))


def test_values_of_a_group_are_not_counted_as_independent():
    values = np.repeat([0.0, 1.0, 0.0, 1.0], 25)
    alone, count = intervals.error_of_groups(values, np.arange(100))
    assert count == 100
    assert alone == pytest.approx(values.std(ddof=1) / 10)
    grouped, count = intervals.error_of_groups(values, np.repeat(range(4), 25))
    # As if there were four values.
    assert count == 4
    assert grouped == pytest.approx(np.std([0, 1, 0, 1], ddof=1) / 2)


def test_a_share_of_repeated_wishes_is_less_sure():
    right = np.repeat([False, True, True, True], 25)
    wide = intervals.around_share_of_groups(right, np.repeat(range(4), 25))
    narrow = intervals.around_share_of_groups(right, np.arange(100))
    assert narrow == intervals.around_share(0.75, None, 100)
    assert wide[1] - wide[0] > 2.0 * (narrow[1] - narrow[0])


def test_wishes_are_groups_where_vectors_make_them_different():
    category = np.array([0, 0, 1, 1])
    color = np.array([[0.1, 0.2, 0.3]] * 2 + [[0.4, 0.4, 0.4]] * 2)
    groups = groups_of({"category": category, "color": color})
    assert groups[0] == groups[1] != groups[2] == groups[3]
    # Of ids alone all wishes there are were asked for.
    assert groups_of({"category": category}).tolist() == [0, 1, 2, 3]
