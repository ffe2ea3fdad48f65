import numpy as np
import pytest

from keras_productgen import images
from keras_productgen.publishing import watermark
from keras_productgen.publishing.watermark import chips
from keras_productgen.publishing.watermark import golay
from keras_productgen.publishing.watermark import payload as payloads
from tests.publishing import pictures

SIGNS = [1.0, 1.0, 1.0, -1.0, -1.0, 1.0, -1.0, 1.0]
BITS = [51, 53, -1, 84, 76, 55, -1, 50]


@pytest.fixture(scope="module")
def picture():
    made, mask = pictures.product((300, 260), share=0.8)
    noise = np.random.default_rng(0).normal(0, 12, made.shape)
    made[mask] = np.clip(made + noise, 0, 255)[mask]
    return made


@pytest.fixture(scope="module")
def marked(picture):
    return watermark.embed(picture, 0xCAFE1234, "key")


def test_golay_words_differ_in_eight_bits():
    words = golay.codewords()
    distances = words[1:].sum(axis=1)
    # The code is linear: its weights are its distances.
    assert distances.min() == 8
    assert sorted(set(distances.tolist())) == [8, 12, 16, 24]


def test_three_wrong_bits_of_a_word_do_not_matter():
    bits = np.array([1, 0, 1, 1, 0, 0, 0, 1, 1, 1, 0, 1])
    values = golay.encode(bits) * 2.0 - 1.0
    values[[0, 7, 23]] *= -1
    np.testing.assert_array_equal(golay.decode(values), bits)


@pytest.mark.parametrize("number", [0, 1, 0xDEADBEEF, 2**32 - 1])
def test_numbers_come_back(number):
    values = payloads.encode(number) * 2.0 - 1.0
    assert payloads.decode(values) == (number, True)


def test_noise_seldom_passes_the_check():
    rng = np.random.default_rng(0)
    right = [
        payloads.decode(rng.normal(size=payloads.NUM_CODED))[1]
        for _ in range(300)
    ]
    assert sum(right) == 0


def test_a_mark_is_found_without_the_original(marked):
    found = watermark.detect(marked, "key")
    assert found.present and found.payload == 0xCAFE1234
    assert found.probability < 1e-10


def test_a_mark_is_not_seen(picture, marked):
    error = np.mean((marked.astype(float) - picture) ** 2)
    assert 10 * np.log10(255**2 / error) >= 40.4


def test_white_grounds_stay_white(picture, marked):
    white = (picture == 255).all(axis=-1)
    white[6:-6, 6:-6] &= white[:-12, :-12] & white[12:, 12:]
    far = white.copy()
    far[:, 20:-20] = False
    assert far.any()
    assert (marked[far] == 255).all()


@pytest.mark.parametrize("kind", ["jpeg", "small", "cropped"])
def test_a_mark_outlives_what_shops_do(marked, kind):
    made = {
        "jpeg": lambda: images.decode(
            images.encode(marked, "JPEG", quality=60)
        ),
        "small": lambda: images.resize(marked, (180, 156), "stretch"),
        "cropped": lambda: np.ascontiguousarray(marked[18:285, 8:]),
    }[kind]()
    assert watermark.detect(made, "key").payload == 0xCAFE1234


def test_pictures_without_a_mark_have_none(picture):
    found = watermark.detect(picture, "key")
    assert not found.present and found.payload is None


def test_another_key_finds_nothing(marked):
    assert not watermark.detect(marked, "other", search_crops=False).present


def test_scores_of_other_keys_are_as_derived(marked):
    scores = [
        watermark.detect(marked, f"other {n}", search_crops=False).score
        for n in range(60)
    ]
    # Normal, of deviation 1: within what 60 draws vary by.
    assert abs(np.mean(scores)) < 0.45
    assert 0.7 < np.std(scores) < 1.3


def test_the_layout_of_a_key_never_changes():
    layout = chips.of_key("key")
    assert len(layout.rows) == 15_357
    assert layout.signs[:8].tolist() == SIGNS
    assert layout.bits[:8].tolist() == BITS


def test_grey_and_transparent_pictures_are_marked(picture):
    grey = picture.mean(axis=-1).astype("uint8")
    made = watermark.embed(grey, 7, "key")
    assert made.shape == grey.shape
    assert watermark.detect(made, "key", search_crops=False).payload == 7
    alpha = np.full(grey.shape, 90, "uint8")
    made = watermark.embed(np.dstack([picture, alpha]), 7, "key")
    assert (made[..., 3] == 90).all()


def test_refuses_what_cannot_carry_a_mark(picture):
    with pytest.raises(ValueError, match="at least 128"):
        watermark.embed(picture[:100], 1, "key")
    with pytest.raises(ValueError, match="neither pure white"):
        watermark.embed(np.full((200, 200, 3), 255, "uint8"), 1, "key")
    with pytest.raises(ValueError, match="from 0 to"):
        watermark.embed(picture, 2**32, "key")
    with pytest.raises(ValueError, match="`key`"):
        watermark.embed(picture, 1, "")
    with pytest.raises(ValueError, match="`psnr`"):
        watermark.embed(picture, 1, "key", psnr=10)


def test_tiny_pictures_are_looked_at():
    assert not watermark.detect(np.zeros((1, 1, 3), "uint8"), "key").present


def test_what_cannot_be_seen_carries_no_mark(picture):
    alpha = np.zeros(picture.shape[:2], "uint8")
    with pytest.raises(ValueError, match="fully transparent"):
        watermark.embed(np.dstack([picture, alpha]), 1, "key")
