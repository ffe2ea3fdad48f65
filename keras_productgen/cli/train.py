import pathlib
import shlex
import sys
from typing import Annotated

import typer

from keras_productgen.cli import options
from keras_productgen.cli import rates
from keras_productgen.cli import translation_data
from keras_productgen.cli.console import errors
from keras_productgen.cli.console import output
from keras_productgen.cli.data.shown import show_some
from keras_productgen.cli.datasets import flipped
from keras_productgen.cli.datasets import open_training_data
from keras_productgen.cli.failures import INTERRUPTED
from keras_productgen.cli.families import augmentation_named
from keras_productgen.cli.families import check_compiling
from keras_productgen.cli.families import check_settings
from keras_productgen.cli.families import family_named
from keras_productgen.cli.families import learns_from_pairs
from keras_productgen.cli.families import takes_conditions
from keras_productgen.cli.settings import parse_settings

OWN_OPTIONS = ("image_size", "seed")
Targets = Annotated[
    pathlib.Path,
    typer.Option(
        help="For Pix2Pix and CycleGAN: folder of what is to be made of DATA. "
        "Pairs have the same name in both, but for the ending."
    ),
]
Doctor = Annotated[
    bool, typer.Option("--doctor", help="Watch the training, and name faults.")
]
Language = Annotated[str, typer.Option(help="Of the doctor: en or zh.")]


def train(
    family: options.Family,
    data: options.Data,
    out: options.RunFolder,
    targets: Targets = None,
    manifest: options.Manifest = None,
    conditions: options.Conditions = (),
    epochs: options.Epochs = 100,
    batch_size: options.BatchSize = 32,
    image_size: options.ImageSize = 64,
    settings: options.Settings = (),
    compiling: options.Compiling = (),
    validation_split: options.ValidationSplit = 0.1,
    num_items: options.NumItems = 4096,
    num_compared: options.NumCompared = 256,
    seed: options.Seed = 0,
    minutes: options.Minutes = None,
    generator_rate: options.GeneratorRate = None,
    discriminator_rate: options.DiscriminatorRate = None,
    decay_epochs: options.DecayEpochs = 0,
    flip: options.Flip = False,
    resume: options.Resume = False,
    doctor: Doctor = False,
    language: Language = "en",
):
    """Train a model on photos, or on the catalogue.

    --out gets model.keras, samples/, training.csv, history.png and logs/ for
    TensorBoard. Ctrl-C finishes the batch and saves; the same command with
    --resume goes on, also after the job was killed. --doctor names what goes
    wrong, and leaves doctor.txt and doctor.png.

    Examples:

      productgen train DCGAN photos --out runs/dcgan --epochs 50 --set width=32

      productgen train ConditionalGAN catalog --out runs/catalog --minutes 10

      productgen train Pix2Pix outlines --targets photos --out runs/outlines
      --batch-size 4 --set source_channels=1

      productgen train ConditionalGAN photos --manifest photos/table.csv
      --condition material --condition color --out runs/materials

      productgen train CycleGAN phone --targets studio --out runs/studio
      --epochs 200 --decay-epochs 100

      productgen train DCGAN photos --out runs/few --compile r1_weight=1
    """
    family = family_named(family)
    arguments = parse_settings(settings)
    _check_arguments(family, arguments)
    training = _compile_arguments(family, compiling)
    rates.check_decay(decay_epochs, epochs)
    table = manifest, list(conditions) or None
    translation_data.check_targets(family, data, targets, table)

    import keras

    from keras_productgen.cli import runs

    runs.check_state(out, resume, epochs)
    keras.utils.set_random_seed(seed)
    loading = (image_size, batch_size, validation_split, seed)
    with output.status("looking through the data"):
        if targets is None:
            opened = _opened(data, loading, num_items, table, flip)
        else:
            channels = arguments.get("source_channels", 3)
            folders = data, targets
            opened = _opened_both(family, channels, *folders, *loading, flip)
    skipped = _show_opened(data, opened)
    arguments.update(image_size=image_size, seed=seed)
    model = _compiled(family, opened, arguments, training)
    _leave_out_rest(opened, model.discriminator_steps)
    rates.set_rates(model, generator_rate, discriminator_rate)
    rates.decay(model, opened.training, epochs, decay_epochs)
    seconds = None if minutes is None else 60.0 * minutes
    watcher = _doctor(opened, language) if doctor else None
    stop = runs.run(
        model, opened, out, epochs, seconds, num_compared, seed, watcher
    )
    _show_skipped([line for line in opened.skipped() if line not in skipped])
    _show_end(stop, out)


def _show_end(stop, out):
    output.print(f"Saved {out / 'model.keras'}, samples/ and history.png")
    if stop.interrupted:
        output.print(f"Go on with: {_resuming_command()}", markup=False)
        raise typer.Exit(INTERRUPTED)


def _opened(data, loading, num_items, table, flip):
    opened = open_training_data(data, *loading, num_items, *table)
    if flip:
        opened.training = flipped(opened.training)
    return opened


def _opened_both(family, source_channels, *loading):
    if learns_from_pairs(family):
        return translation_data.open_pairs(*loading, source_channels)
    return translation_data.open_kinds(*loading)


def _leave_out_rest(opened, num_parts):
    """Leaves out a last batch that cannot be cut into as many parts."""
    num_batches = int(opened.training.cardinality())
    if 0 < opened.rest < num_parts and num_batches > 1:
        opened.training = opened.training.take(num_batches - 1)


def _show_opened(data, opened):
    """Says what there is; returns what was left out, as it is shown."""
    output.print(f"{data}: {opened.summary}")
    skipped = opened.skipped()
    _show_skipped(skipped)
    return skipped


def _show_skipped(lines):
    if lines:
        errors.print(f"Files left out: {len(lines)}", style="yellow")
        show_some(lines, errors)


def _doctor(opened, language):
    from keras_productgen import training

    return training.GANDoctor(opened.training, language=language)


def _compile_arguments(family, compiling):
    arguments = parse_settings(compiling)
    check_compiling(family, arguments)
    if "augment" in arguments:
        arguments["augment"] = augmentation_named(arguments["augment"])
    return arguments


def _compiled(family, opened, arguments, training):
    if takes_conditions(family):
        known = {
            "categories": opened.categories,
            "vectors": opened.vectors,
            "labels": opened.labels,
        }
        arguments = {**known, **arguments}
    model = family(**arguments)
    model.compile(**training)
    return model


def _check_arguments(family, arguments):
    for name in OWN_OPTIONS:
        if name in arguments:
            option = "--" + name.replace("_", "-")
            raise typer.BadParameter(
                f"{name} has an option of its own. Say {option} "
                f"{arguments[name]}",
                param_hint="--set",
            )
    check_settings(family, arguments)


def _resuming_command():
    words = [word for word in sys.argv[1:] if word != "--resume"]
    return shlex.join(["productgen", *words, "--resume"])
