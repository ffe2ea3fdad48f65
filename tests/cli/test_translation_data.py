import numpy as np

from keras_productgen import images
from keras_productgen.cli import translation_data


def make_folders(root, count):
    """Pairs of which the left half of the source is dark, of both bright."""
    for number in range(count):
        picture = np.full((8, 8, 3), number, "uint8")
        picture[:, :4] = 200
        images.save(root / f"a/{number}.png", picture)
        images.save(root / f"b/{number}.png", picture + 20)
    return root / "a", root / "b"


def test_both_pictures_of_a_pair_are_mirrored_alike(tmp_path):
    opened = translation_data.open_pairs(
        *make_folders(tmp_path, 16), 8, 8, 0.0, 0, True, source_channels=1
    )
    turns = []
    for _ in range(3):
        epoch = {}
        for sources, targets in opened.training:
            assert sources.shape[1:] == (8, 8, 1)
            np.testing.assert_array_equal(
                targets, np.repeat(sources + 20, 3, -1)
            )
            for picture in np.asarray(sources)[..., 0]:
                bright_left = picture[0, 0] == 200
                epoch[picture.min()] = bright_left
                expected = np.full((8, 8), picture.min())
                expected[:, slice(0, 4) if bright_left else slice(4, 8)] = 200
                np.testing.assert_array_equal(picture, expected)
        assert sorted(epoch) == list(range(16))
        turns.append(tuple(epoch[number] for number in range(16)))
    assert len({*turns}) == 3
    assert 10 <= sum(map(sum, turns)) <= 38


def test_kinds_are_mirrored_each_for_itself(tmp_path):
    opened = translation_data.open_kinds(
        *make_folders(tmp_path, 16), 8, 16, 0.0, 0, True
    )
    ((a, b),) = opened.training
    turned = [np.asarray(x)[:, 0, 0, 0] < 100 for x in (a, b)]
    order = [np.argsort(np.asarray(x).min((1, 2, 3))) for x in (a, b)]
    one, other = (t[o] for t, o in zip(turned, order))
    assert 0 < one.sum() < 16 and 0 < other.sum() < 16
    assert (one != other).any()


def test_sources_to_look_at_are_not_trained_on(tmp_path):
    opened = translation_data.open_kinds(
        *make_folders(tmp_path, 30), 8, 4, 0.3, 0, False
    )
    greys = [
        {int(x) for batch in dataset for x in np.asarray(batch).min((1, 2, 3))}
        for dataset in (
            opened.training.map(lambda a, b: a),
            opened.validation,
            opened.training.map(lambda a, b: b - 20.0),
        )
    ]
    assert not greys[0] & greys[1] and greys[0] | greys[1] == {*range(30)}
    assert greys[2] <= {*range(30)} and greys[2] & greys[1]
