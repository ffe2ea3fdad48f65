import numpy as np

from keras_productgen.evaluation.report.categories import by_category
from tests.evaluation.clusters import clusters


def test_the_bad_category_has_the_larger_distance():
    real_ids = np.arange(200) % 2
    fake_ids = np.array([0] * 100 + [1] * 9 + [3] * 2)
    fake = clusters(fake_ids, 1)
    fake[fake_ids == 1] += 2.0
    found = by_category(
        clusters(real_ids), real_ids, fake, fake_ids, ["a", "b", "c", "d"]
    )
    assert list(found) == [0, 1, 3]
    assert found[1].value > found[0].interval[1]
    assert (found[1].num_real, found[1].num_fake) == (100, 9)
    assert found[1].few and not found[0].few
    assert found[3].value is None
    assert found[3].name == "d"
