import rich.progress

from keras_productgen.cli import options
from keras_productgen.cli.console import output
from keras_productgen.cli.quiet import import_keras


def render(
    directory: options.RenderFolder,
    num: options.NumPictures = 1000,
    image_size: options.ImageSize = 128,
    seed: options.Seed = 0,
    masks: options.Masks = False,
    depth: options.Depth = False,
    normals: options.Normals = False,
):
    """Render products of the procedural catalogue into class folders.

    A run that was stopped is taken up again by the same command.

    Example:

      productgen data render products --num 2000 --image-size 128 --masks
    """
    import_keras()

    from keras_productgen import data

    catalog = data.ProductCatalog(image_size, seed, num_items=num)
    # Exports go on where they stopped; in parts they show how far they are.
    counts = sorted({num * part // 20 for part in range(1, 21)} - {0})
    with rich.progress.Progress(console=output, transient=True) as progress:
        task = progress.add_task("rendering", total=num)
        for count in counts:
            manifest = catalog.export(
                directory, count, masks=masks, depth=depth, normals=normals
            )
            progress.update(task, completed=count)
    output.print(f"{num} products: {manifest}")
