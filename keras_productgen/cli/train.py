import shlex
import sys
from typing import Annotated

import typer

from keras_productgen.cli import options
from keras_productgen.cli.console import output
from keras_productgen.cli.datasets import flipped
from keras_productgen.cli.datasets import open_training_data
from keras_productgen.cli.failures import INTERRUPTED
from keras_productgen.cli.families import check_settings
from keras_productgen.cli.families import family_named
from keras_productgen.cli.families import takes_conditions
from keras_productgen.cli.settings import parse_settings

OWN_OPTIONS = ("image_size", "seed")
Doctor = Annotated[
    bool, typer.Option("--doctor", help="Watch the training, and name faults.")
]
Language = Annotated[str, typer.Option(help="Of the doctor: en or zh.")]


def train(
    family: options.Family,
    data: options.Data,
    out: options.RunFolder,
    epochs: options.Epochs = 100,
    batch_size: options.BatchSize = 32,
    image_size: options.ImageSize = 64,
    settings: options.Settings = (),
    validation_split: options.ValidationSplit = 0.1,
    num_items: options.NumItems = 4096,
    num_compared: options.NumCompared = 256,
    seed: options.Seed = 0,
    minutes: options.Minutes = None,
    generator_rate: options.GeneratorRate = None,
    discriminator_rate: options.DiscriminatorRate = None,
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
    """
    gan_class = family_named(family)
    arguments = parse_settings(settings)
    _check_arguments(gan_class, arguments)

    import keras

    from keras_productgen.cli import runs

    runs.check_state(out, resume, epochs)
    keras.utils.set_random_seed(seed)
    with output.status("looking through the data"):
        opened = open_training_data(
            data, image_size, batch_size, validation_split, seed, num_items
        )
    output.print(f"{data}: {opened.summary}")
    if flip:
        opened.training = flipped(opened.training)
    arguments.update(image_size=image_size, seed=seed)
    model = _compiled(gan_class, opened, arguments)
    if generator_rate is not None:
        model.g_optimizer.learning_rate = generator_rate
    if discriminator_rate is not None:
        model.d_optimizer.learning_rate = discriminator_rate
    seconds = None if minutes is None else 60.0 * minutes
    watcher = _doctor(opened, language) if doctor else None
    stop = runs.run(
        model, opened, out, epochs, seconds, num_compared, seed, watcher
    )
    output.print(f"Saved {out / 'model.keras'}, samples/ and history.png")
    if stop.interrupted:
        output.print(f"Go on with: {_resuming_command()}", markup=False)
        raise typer.Exit(INTERRUPTED)


def _doctor(opened, language):
    from keras_productgen import training

    return training.GANDoctor(opened.training, language=language)


def _compiled(gan_class, opened, arguments):
    if takes_conditions(gan_class):
        known = {"categories": opened.categories, "vectors": opened.vectors}
        arguments = {**known, **arguments}
    model = gan_class(**arguments)
    model.compile()
    return model


def _check_arguments(gan_class, arguments):
    for name in OWN_OPTIONS:
        if name in arguments:
            option = "--" + name.replace("_", "-")
            raise typer.BadParameter(
                f"{name} has an option of its own. Say {option} "
                f"{arguments[name]}",
                param_hint="--set",
            )
    check_settings(gan_class, arguments)


def _resuming_command():
    words = [word for word in sys.argv[1:] if word != "--resume"]
    return shlex.join(["productgen", *words, "--resume"])
