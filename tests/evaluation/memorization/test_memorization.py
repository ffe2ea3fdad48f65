import cv2
import numpy as np
import pytest

from keras_productgen import data
from keras_productgen import encoders
from keras_productgen.evaluation import memorization
from keras_productgen.evaluation.memorization import alignment
from keras_productgen.evaluation.memorization.run import chance_of_near
from keras_productgen.evaluation.memorization.training_set import (
    read_training_set,
)

NUM_TRAINING, NUM_UNSEEN, NUM_FAKE = 200, 120, 60


@pytest.fixture(scope="module")
def encoder():
    return encoders.load()


@pytest.fixture(scope="module")
def pictures():
    catalog = data.ProductCatalog(32, num_items=400)
    return np.stack(
        [catalog.render_image(catalog.item(index)) for index in range(400)]
    )


@pytest.fixture(scope="module")
def training(pictures, encoder):
    return read_training_set(pictures[:NUM_TRAINING], encoder)


@pytest.fixture(scope="module")
def unseen(pictures):
    return pictures[NUM_TRAINING : NUM_TRAINING + NUM_UNSEEN]


def identical(image):
    return image


def as_jpeg(image):
    _, code = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, 75])
    return cv2.imdecode(code, cv2.IMREAD_COLOR)


def moved(image):
    moving = np.float32([[1, 0, 1], [0, 1, -1]])
    return cv2.warpAffine(image, moving, (32, 32), borderMode=1)


def mirrored(image):
    return image[:, ::-1]


def brighter(image):
    return np.clip(image.astype("int64") + 8, 0, 255).astype("uint8")


@pytest.mark.parametrize(
    "spoil", [identical, as_jpeg, moved, mirrored, brighter]
)
def test_a_generator_that_repeats_its_training_is_found(
    spoil, training, pictures, unseen, encoder
):
    rows = np.random.default_rng(0).permutation(NUM_TRAINING)[:NUM_FAKE]
    fake = np.stack([spoil(image) for image in pictures[rows]])
    found = memorization(fake, training, unseen, encoder)
    assert found.memorized
    assert found.interval[0] > found.expected
    assert found.duplicates.mean() > 0.5
    assert (found.partners == rows).mean() > 0.9


def test_a_generator_of_unseen_products_is_not(
    training, pictures, unseen, encoder
):
    found = memorization(pictures[-NUM_FAKE:], training, unseen, encoder)
    assert not found.memorized
    assert found.interval[0] <= found.expected <= found.interval[1]
    assert found.duplicates.sum() <= 1


def test_one_copy_among_many_stands_first(training, pictures, unseen, encoder):
    fake = pictures[-NUM_FAKE:].copy()
    fake[17] = as_jpeg(pictures[5])
    found = memorization(fake, training, unseen, encoder)
    (first,) = found.most_suspicious(1)
    assert first == 17
    assert found.partners[17] == 5
    assert found.duplicates[17]


def test_training_pictures_among_the_unseen_are_compared_with_the_others(
    training, pictures, encoder
):
    mixed = pictures[NUM_TRAINING - 100 : NUM_TRAINING + 20]
    found = memorization(pictures[-NUM_FAKE:], training, mixed, encoder)
    assert found.num_twins == 100
    assert found.threshold > 0.0
    assert not found.memorized
    copies = memorization(pictures[:NUM_FAKE], training, mixed, encoder)
    assert copies.memorized


def test_false_alarms_are_as_rare_as_said():
    generator = np.random.default_rng(0)
    rank, num_unseen, num_fake, alarms = 3, 300, 200, 0
    for _ in range(4000):
        threshold = np.sort(generator.uniform(size=num_unseen))[rank - 1]
        num_near = (generator.uniform(size=num_fake) <= threshold).sum()
        chance = chance_of_near(num_near, num_fake, rank, num_unseen)
        alarms += chance < 0.05
    assert 0.01 < alarms / 4000 < 0.06


def test_alignment_undoes_shifts_mirroring_and_brightness():
    generator = np.random.default_rng(0)
    blurred = cv2.GaussianBlur(
        generator.uniform(0, 200, (40, 40, 3)).astype("float32"), (9, 9), 2
    )
    small = blurred.astype("uint8")
    image = small[4:36, 4:36]
    others = np.stack(
        [
            image,
            small[5:37, 2:34],
            image[:, ::-1],
            image + 20,
            cv2.GaussianBlur(generator.uniform(0, 200, (32, 32, 3)), (9, 9), 2),
        ]
    ).astype("uint8")
    found = alignment.aligned_distance(image, others)
    np.testing.assert_allclose(found[:4], 0.0, atol=0.05)
    assert found[4] > 5.0


def test_one_training_picture_is_refused(pictures, encoder):
    with pytest.raises(ValueError, match="at least two pictures"):
        memorization(pictures[:4], pictures[:1], pictures[4:9], encoder)


def test_impossible_quantiles_are_refused(pictures, encoder):
    with pytest.raises(ValueError, match="Received: quantile=1.0"):
        memorization(pictures, pictures, pictures, encoder, quantile=1.0)
