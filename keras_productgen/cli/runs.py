"""One training with all that is written beside it."""

import json

import keras

from keras_productgen import models
from keras_productgen import training
from keras_productgen.cli import translation_runs
from keras_productgen.cli.conditions import spread_conditions
from keras_productgen.cli.progress import Progress
from keras_productgen.cli.progress import Stop

NUM_SAMPLES = 36


def check_state(directory, resume, epochs):
    """Refuses to mix two trainings in one folder, or to train no epoch."""
    done = epochs_done(directory)
    if done is not None and not resume:
        raise ValueError(
            "`--out` must be a new folder; say --resume to go on with the "
            f"training in it. Received: --out {directory}"
        )
    if done is not None and done >= epochs:
        raise ValueError(
            f"`--epochs` must be above the {done} that --out has seen. "
            f"Received: --epochs {epochs}"
        )


def epochs_done(directory):
    """Returns the number of epochs in the backup, None where there is none."""
    path = directory / "backup" / "training_metadata.json"
    return json.loads(path.read_text())["epoch"] if path.exists() else None


def run(
    model,
    data,
    directory,
    epochs,
    seconds=None,
    num_compared=256,
    seed=0,
    doctor=None,
):
    """Trains `model` in `directory`, from its last backup if there is one.

    Args:
        model: compiled `AdversarialModel` or `ImageTranslation`.
        data: `TrainingData`.
        directory: `pathlib.Path`, gets `model.keras`, `samples/`, `logs/`,
            `training.csv`, `history.png` and `backup/`.
        epochs: int, the last epoch.
        seconds: optional float, time after which to stop.
        num_compared: int, pictures in an evaluation after each epoch.
        seed: int, of the pictures in `samples/`.
        doctor: optional `GANDoctor`, whose words and plot are left, too.

    Returns:
        `Stop`, which says whether the training was interrupted.
    """
    directory.mkdir(parents=True, exist_ok=True)
    stop, progress = Stop(seconds), Progress(seconds)
    try:
        with stop.on_interrupt():
            model.fit(
                data.training,
                epochs=epochs,
                verbose=0,
                callbacks=[
                    *([doctor] if doctor else []),
                    *writers(model, data, directory, num_compared, seed),
                    progress,
                    stop,
                ],
            )
    finally:
        progress.close()
    model.save(directory / "model.keras")
    if doctor and doctor.vitals:
        (directory / "doctor.txt").write_text(doctor.report() + "\n", "utf-8")
        doctor.plot(directory / "doctor.png")
    table = directory / "training.csv"
    if table.exists() and table.stat().st_size:
        training.history_plot(table, directory / "history.png")
    return stop


def writers(model, data, directory, num_compared, seed):
    """The callbacks that leave files; the backup comes last, when all is."""
    watchers = _watchers
    if isinstance(model, models.ImageTranslation):
        watchers = translation_runs.watchers
    return [
        # First, so that the others see the values.
        *watchers(model, data, directory, num_compared, seed),
        keras.callbacks.CSVLogger(directory / "training.csv", append=True),
        keras.callbacks.TensorBoard(directory / "logs", write_graph=False),
        keras.callbacks.BackupAndRestore(
            directory / "backup", delete_checkpoint=False
        ),
    ]


def _watchers(model, data, directory, num_compared, seed):
    return [
        training.EvaluateGenerator(
            data.validation, num_images=num_compared, seed=seed
        ),
        training.SampleGrid(
            directory,
            num_images=NUM_SAMPLES,
            seed=seed,
            conditions=spread_conditions(model, NUM_SAMPLES),
        ),
    ]
