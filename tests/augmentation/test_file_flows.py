import numpy as np
import pandas as pd
import pytest
from PIL import Image

from keras_productgen.augmentation import ImageDataGenerator
from tests.augmentation.legacy import LegacyGenerator
from tests.augmentation.legacy import quietly


def both(**arguments):
    return ImageDataGenerator(**arguments), LegacyGenerator(**arguments)


@pytest.mark.parametrize("subset", [None, "training", "validation"])
@pytest.mark.parametrize("split", [0.2, 0.5])
def test_subsets_hold_the_files_they_held(folder, split, subset):
    ours, legacy = both(validation_split=split)
    flow = ours.flow_from_directory(folder, subset=subset)
    expected = quietly(legacy.flow_from_directory, folder, subset=subset)
    assert flow.filenames == expected.filenames
    assert flow.filepaths == expected.filepaths
    assert flow.class_indices == expected.class_indices
    assert (flow.samples, flow.n) == (expected.samples, expected.n)
    np.testing.assert_array_equal(flow.classes, expected.classes)
    assert flow.num_classes == expected.num_classes == 2
    assert flow.image_shape == expected.image_shape


@pytest.mark.parametrize(
    "class_mode", ["categorical", "binary", "sparse", "input", None]
)
def test_directory_batches_match_the_former_class(folder, class_mode):
    ours, legacy = both(rotation_range=20, zoom_range=0.1, rescale=1 / 255)
    arguments = {
        "target_size": (70, 60),
        "class_mode": class_mode,
        "batch_size": 5,
        "seed": 4,
        "classes": ["shoes", "hat"],
    }
    flow = ours.flow_from_directory(folder, **arguments)
    expected = quietly(legacy.flow_from_directory, folder, **arguments)
    assert len(flow) == len(expected) == 3
    for _ in range(4):
        batch, expected_batch = next(flow), next(expected)
        if class_mode is None:
            batch, expected_batch = (batch, None), (expected_batch, None)
        (x, y), (expected_x, expected_y) = batch, expected_batch
        assert x.shape == expected_x.shape
        # JPEG decoders differ by a level or two.
        assert np.mean(np.abs(x - expected_x)) < 1.5 / 255
        if class_mode == "input":
            np.testing.assert_array_equal(y, x)
        elif class_mode is not None:
            assert y.dtype == expected_y.dtype
            np.testing.assert_array_equal(y, expected_y)


@pytest.mark.parametrize("color_mode", ["rgb", "rgba", "grayscale"])
def test_channels_first_is_honored(folder, color_mode):
    first, last = (
        ImageDataGenerator(
            rotation_range=30, data_format=data_format
        ).flow_from_directory(
            folder, (32, 40), color_mode=color_mode, class_mode=None, seed=1
        )[0]
        for data_format in ("channels_first", "channels_last")
    )
    assert last.shape[1:3] == (32, 40)
    np.testing.assert_array_equal(np.moveaxis(first, 1, -1), last)


def test_tones_and_functions_see_floats_before_the_scale(folder):
    seen = []

    def function(picture):
        seen.append((picture.dtype, picture.shape, float(picture.max())))
        return 255 - picture

    generator = ImageDataGenerator(
        rescale=1 / 255,
        brightness_range=(0.5, 0.5),
        preprocessing_function=function,
    )
    batch = generator.flow_from_directory(folder, (16, 16), class_mode=None)[0]
    assert len(seen) == len(batch)
    assert all(entry[:2] == ("float32", (16, 16, 3)) for entry in seen)
    assert 1 < max(entry[2] for entry in seen) <= 128
    assert 0.49 <= batch.min() and batch.max() <= 1


def torn_folder(top, count=6, bad=(1, 2)):
    (top / "hat").mkdir()
    for k in range(count):
        path = top / "hat" / f"{k}.jpg"
        Image.new("RGB", (20, 20), (40 * k, 0, 0)).save(path)
        if k in bad:
            path.write_bytes(path.read_bytes()[:200])
    return top


def test_a_torn_file_is_named_once_and_the_next_stands_in(tmp_path):
    flow = ImageDataGenerator().flow_from_directory(
        torn_folder(tmp_path), (8, 8), class_mode=None, shuffle=False, workers=1
    )
    with pytest.warns(UserWarning, match="1.jpg cannot be read") as caught:
        batch = flow[0]
        flow[0]
    assert len(caught) == 1
    reds = np.rint(batch[:, 4, 4, 0] / 40).astype(int).tolist()
    assert reds == [0, 3, 3, 3, 4, 5]
    assert [path[-5:] for path, _ in flow.report] == ["1.jpg", "2.jpg"]
    assert all(reason for _, reason in flow.report)


def test_the_stand_in_brings_its_own_label(tmp_path):
    torn_folder(tmp_path, 2, bad=(1,))
    (tmp_path / "shoes").mkdir()
    Image.new("RGB", (20, 20), (80, 0, 0)).save(tmp_path / "shoes" / "2.jpg")
    flow = ImageDataGenerator().flow_from_directory(
        tmp_path, (8, 8), class_mode="sparse", shuffle=False, workers=1
    )
    with pytest.warns(UserWarning, match="cannot be read"):
        batch, labels = flow[0]
    np.testing.assert_array_equal(labels, [0, 1, 1])
    np.testing.assert_allclose(batch[1], batch[2])


def test_only_torn_files_end_with_a_reason(tmp_path):
    flow = ImageDataGenerator().flow_from_directory(
        torn_folder(tmp_path, 3, bad=(0, 1, 2)), (8, 8), workers=1
    )
    with (
        pytest.warns(UserWarning, match="cannot be read"),
        pytest.raises(ValueError, match="readable picture.*0.jpg"),
    ):
        flow[0]


def test_a_folder_without_pictures_is_refused(tmp_path):
    generator = ImageDataGenerator()
    with pytest.raises(ValueError, match="Received: directory="):
        generator.flow_from_directory(tmp_path)
    with pytest.raises(ValueError, match="must be a folder"):
        generator.flow_from_directory(tmp_path / "none")
    (tmp_path / "hat").mkdir()
    with pytest.raises(ValueError, match="Received: directory="):
        generator.flow_from_directory(tmp_path)


@pytest.mark.parametrize(
    "arguments",
    [
        {"class_mode": "raw"},
        {"color_mode": "bgr"},
        {"interpolation": "best"},
        {"subset": "test"},
    ],
)
def test_nonsense_is_refused(folder, arguments):
    ((name, value),) = arguments.items()
    with pytest.raises(ValueError, match=f"Received: {name}={value}"):
        ImageDataGenerator().flow_from_directory(folder, **arguments)


@pytest.fixture
def table(folder):
    names = [f"hat/hat_{k}.{s}" for k, s in enumerate(("png", "jpg", "jpg"))]
    names += [f"shoes/shoes_{k}.{s}" for k, s in enumerate(("png", "jpg"))]
    labels = ["hat"] * 3 + ["shoes"] * 2
    return pd.DataFrame(
        {
            "filename": names,
            "class": labels,
            "price": np.arange(5.0),
            "tags": [["a"], ["a", "b"], ["b"], ["c", "a"], ["c"]],
            "weight": np.arange(5) / 2,
        }
    )


@pytest.mark.parametrize(
    "arguments",
    [
        {"class_mode": "categorical"},
        {"class_mode": "categorical", "y_col": "tags"},
        {"y_col": "tags", "classes": ["c", "b"]},
        {"class_mode": "binary"},
        {"class_mode": "sparse", "classes": ["shoes"]},
        {"class_mode": "raw", "y_col": "price", "weight_col": "weight"},
        {"class_mode": "raw", "y_col": ["price", "weight"]},
        {"class_mode": "multi_output", "y_col": ["price", "weight"]},
        {"class_mode": "input"},
        {"class_mode": None},
        {"class_mode": "sparse", "subset": "validation"},
        {"class_mode": "sparse", "subset": "training"},
    ],
)
def test_tables_give_the_labels_of_the_former_class(folder, table, arguments):
    arguments = {"target_size": (60, 80), "seed": 3, **arguments}
    ours, legacy = both(validation_split=0.4)
    flow = ours.flow_from_dataframe(table, folder, **arguments)
    expected = quietly(legacy.flow_from_dataframe, table, folder, **arguments)
    assert flow.filenames == expected.filenames
    if hasattr(expected, "class_indices"):
        assert flow.class_indices == expected.class_indices
        assert list(flow.classes) == list(expected.classes)
    batch, expected_batch = next(flow), next(expected)
    assert type(batch) is type(expected_batch)
    if arguments["class_mode" if "class_mode" in arguments else "seed"] is None:
        batch, expected_batch = (batch,), (expected_batch,)
    assert len(batch) == len(expected_batch)
    assert np.abs(batch[0] - expected_batch[0]).mean() < 1.5
    if arguments.get("class_mode") != "input":
        for ours_part, their_part in zip(batch[1:], expected_batch[1:]):
            assert type(ours_part) is type(their_part)
            np.testing.assert_array_equal(ours_part, their_part)


def test_names_that_are_no_files_are_left_out_with_a_warning(folder, table):
    table.loc[1, "filename"] = "hat/gone.jpg"
    with pytest.warns(UserWarning, match="1 file names .*gone.jpg"):
        flow = ImageDataGenerator().flow_from_dataframe(table, folder)
    assert flow.n == 4
    unchecked = ImageDataGenerator().flow_from_dataframe(
        table, folder, validate_filenames=False, target_size=(8, 8), workers=1
    )
    with pytest.warns(UserWarning, match="gone.jpg cannot be read"):
        assert unchecked[0][0].shape == (5, 8, 8, 3)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"class_mode": "other"}, ValueError, "class_mode"),
        ({"y_col": "color"}, ValueError, "must have the columns"),
        ({"class_mode": "multi_output"}, TypeError, "must be a list"),
        ({"class_mode": "sparse", "y_col": "price"}, TypeError, "strings only"),
        ({"class_mode": "categorical", "y_col": "price"}, TypeError, "strings"),
        ({"weight_col": "class"}, TypeError, "numbers"),
        ({"class_mode": "binary", "classes": ["hat"]}, ValueError, "two"),
        ({"classes": ["boat"]}, ValueError, "at least one picture"),
    ],
)
def test_tables_that_do_not_fit_are_refused(
    folder, table, arguments, error, message
):
    with pytest.raises(error, match=message):
        ImageDataGenerator().flow_from_dataframe(table, folder, **arguments)
