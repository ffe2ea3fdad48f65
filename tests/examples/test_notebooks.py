"""The notebooks run from top to bottom, on small settings."""

import ast
import os
import pathlib

import pytest

nbformat = pytest.importorskip("nbformat", reason="needs the extra `notebooks`")
pytest.importorskip("ipykernel", reason="needs the extra `notebooks`")
nbclient = pytest.importorskip("nbclient", reason="needs the extra `notebooks`")

ROOT = pathlib.Path(__file__).parents[2]
FOLDER = ROOT / "examples" / "notebooks"
SMALL = {
    "first_steps": dict(NUM_ITEMS=64, EPOCHS=1, MORE_EPOCHS=1, WIDTH=8),
    "article_000": dict(SIZE=16, NUM_ITEMS=96, ARTICLE_STEPS=2, EPOCHS=1),
    "article_001": dict(NUM_PHOTOS=64, ARTICLE_STEPS=1, EPOCHS=1),
    "doctor_nothing_learns": dict(NUM_ITEMS=128, STEPS=20, WON_STEPS=140),
    "doctor_wrong_pictures": dict(NUM_ITEMS=128, STEPS=20, COPY_STEPS=10),
    "doctor_wrong_data": dict(NUM_ITEMS=128, LABEL_STEPS=4, STEPS=10),
}
# What the articles' listings stop at, in this order.
STOPS = {
    "first_steps": ["`images` must have values"],
    "article_000": [
        "IndentationError: expected an indented block",
        "IndexError: index 1 is out of bounds",
        "ValueError: You must call `compile()`",
        "stopped at:  d_loss_fake = discriminator.train_on_batch(",
        "of them in `combined`:    0",
        "moves the generator by 0.0\n",
        "all its own steps move the discriminator by 0.0\n",
    ],
    "article_001": [
        "NameError: name 'np' is not defined",
        "ValueError: all the input array dimensions",
        "(4, 4, 3)",
        "ValueError: You must call `compile()`",
        "ValueError: Arguments `target` and `output`",
        "depends on the generator: False",
        "IndexError: invalid index",
        "'a negative pixel means fake' is right for 100%",
        "by hand: 1.3 ",
        "sum 9.657, mean 1.609",
        "this package: L_D = 0.329, L_G = 1.609",
        "measured -6.000, with x -6.000",
        "sum 6.0, sigmoid 0.9975",
    ],
    "doctor_nothing_learns": [
        "The discriminator does not train: it has no weight",
        "Nothing was found",
        "The loss has gone flat",
        "Nothing was found",
        "The gradient vanishes on its way through the generator.",
        "Nothing was found",
        "The generator takes steps that are far too large.",
        "出现 NaN：它始于判别器的 `logarithm` 层。",
        "finite again: True",
        "Nothing was found",
        "The discriminator has won.",
        "Nothing was found",
    ],
    "doctor_wrong_pictures": [
        "The generator has collapsed",
        "Nothing was found",
        "nearness [",
        "nearness [",
        "Batch normalization shows other pictures in use",
        "Nothing was found",
        "The generator cannot make anything dark.",
        "Nothing was found",
        "The generator makes one product for each wish",
        "Nothing was found",
    ],
    "doctor_wrong_data": [
        "The pictures use the bright half",
        "Nothing was found",
        "The labels `color` say nothing about the pictures.",
        "The discriminator can cheat by padding.",
        "The discriminator cheats by padding.",
        "Nothing was found",
        "The discriminator can cheat by hard-cut edges.",
        "The discriminator can cheat by the grid of JPEG.",
        "Nothing was found",
    ],
}


def read(name):
    return nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)


def parameters_cell(notebook):
    (cell,) = [
        cell
        for cell in notebook.cells
        if "parameters" in cell.metadata.get("tags", ())
    ]
    return cell


def printed(notebook):
    return "".join(
        output.text
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if output.output_type == "stream" and output.name == "stdout"
    )


def num_pictures(notebook):
    return sum(
        "image/png" in output.get("data", {})
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
    )


def assert_says_in_order(text, phrases):
    place = 0
    for phrase in phrases:
        assert phrase in text[place:], phrase
        place = text.index(phrase, place) + len(phrase)


def kernel_of_this_python(folder):
    """Name of a kernel that Jupyter finds by `JUPYTER_PATH`, in `folder`."""
    from ipykernel.kernelspec import write_kernel_spec

    write_kernel_spec(str(folder / "kernels" / "this_python"))
    return "this_python"


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("name", SMALL)
def test_runs_from_top_to_bottom(name, tmp_path, monkeypatch):
    paths = [str(ROOT), os.environ.get("PYTHONPATH", "")]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, paths)))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    monkeypatch.setenv("TF_CPP_MIN_LOG_LEVEL", "3")
    notebook = read(name)
    committed = num_pictures(notebook)
    parameters_cell(notebook).source = "\n".join(
        f"{key} = {value}" for key, value in SMALL[name].items()
    )
    nbclient.NotebookClient(
        notebook,
        timeout=600,
        kernel_name=kernel_of_this_python(tmp_path),
        resources={"metadata": {"path": str(tmp_path)}},
    ).execute()  # Raises where a cell does.
    assert num_pictures(notebook) == committed > 4
    assert_says_in_order(printed(notebook), STOPS[name])


@pytest.mark.parametrize("name", SMALL)
def test_is_committed_with_what_it_gives(name):
    notebook = read(name)
    assert all(
        cell.execution_count
        for cell in notebook.cells
        if cell.cell_type == "code"
    )
    assert num_pictures(notebook) > 4
    assert_says_in_order(printed(notebook), STOPS[name])


@pytest.mark.parametrize("name", SMALL)
def test_tells_nothing_about_the_machine_it_ran_on(name):
    path = FOLDER / f"{name}.ipynb"
    assert path.stat().st_size < 1_500_000
    notebook = read(name)
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            output.get("data", {}).pop("image/png", None)
    text = nbformat.writes(notebook)
    for trace in ("/tmp/", "/home/", "/Users/", "-packages", "cuda", "I0000"):
        assert trace not in text, trace


@pytest.mark.parametrize("name", SMALL)
def test_small_settings_name_every_parameter(name):
    tree = ast.parse(parameters_cell(read(name)).source)
    names = [node.targets[0].id for node in tree.body]
    assert sorted(names) == sorted(SMALL[name])
