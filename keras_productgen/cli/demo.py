import pathlib
import time

from keras_productgen.cli import options
from keras_productgen.cli.console import output
from keras_productgen.cli.quiet import import_keras


def demo(
    out: options.DemoFolder = pathlib.Path("demo"),
    minutes: options.Minutes = 3.5,
    steps: options.Steps = None,
    image_size: options.ImageSize = 32,
    num_items: options.NumItems = 4096,
    num_compared: options.NumCompared = 512,
    seed: options.Seed = 0,
):
    """Train a small generator on rendered products and show what it learned.

    Nothing is downloaded. Writes a contact sheet, the training curve, logs for
    TensorBoard, the model, and the SavedModel that TensorFlow Serving loads.

    Examples:

      productgen demo

      productgen demo --out demo-64 --image-size 64 --minutes 30
    """
    started = time.monotonic()
    import_keras()

    from keras_productgen.cli import demo_run

    summary = demo_run.run(
        out, minutes * 60.0, steps, image_size, num_items, num_compared, seed
    )
    summary["seconds"] = round(time.monotonic() - started, 1)
    demo_run.save_summary(summary, out / "summary.json")
    _print(summary, out)


def _print(summary, out):
    output.print(
        f"KID {summary['kid_before']:.4g} before, {summary['kid_after']:.4g} "
        f"after; {summary['seconds']:.0f} s in all"
    )
    for name in ("contact_sheet", "training_curve", "saved_model", "logs"):
        output.print(f"  {name}: {summary[name]}", markup=False)
    output.print("Try next:")
    commands = [
        f"productgen generate {out}/model.keras --out red-dress.png "
        "--category dress --color '#bb2233'",
        f"tensorboard --logdir {out}/logs",
        "productgen train ConditionalGAN PHOTOS --out runs/mine "
        "# PHOTOS/<class>/*.jpg",
    ]
    for command in commands:
        output.print(f"  {command}", markup=False)
