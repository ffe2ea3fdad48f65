"""What `benchmarks.serving_soak` asks for: models, good requests, bad ones."""

import itertools

NAMES = ["dress", "hat", "shoes"]
REFUSED = "refused"


def write_models(folder):
    """A generator with names, and a restorer; returns the folder."""
    from keras_productgen import export
    from keras_productgen import models

    small = {"batch_sizes": (1,)}
    generator = models.ConditionalGAN(
        categories={"category": NAMES}, image_size=32, latent_dim=16, width=8
    )
    export.saved_model(
        generator, folder / "shoes", signatures=("generate",), **small
    )
    restorer = models.NAFNet(width=4, encoder_blocks=(1,), middle_blocks=1)
    export.saved_model(
        restorer, folder / "restore", signatures=("restore",), **small
    )
    return folder


def kinds(url, stack):
    """Returns `[(kind, function)]`, ten of them, one to be refused."""
    import numpy as np

    from keras_productgen import serving

    client = stack.enter_context(serving.Client(url, "shoes"))
    generator = np.random.default_rng(0)
    photo = generator.integers(0, 256, (48, 64, 3), "uint8")
    seeds = itertools.count()

    def generate():
        name = NAMES[next(seeds) % len(NAMES)]
        made = client.generate(2, seed=next(seeds), category=name)
        check(made.shape == (2, 32, 32, 3))

    def restore():
        made = client.restore([photo, photo[:31, :47]], model="restore")
        check(made[1].shape == (31, 47, 3))

    bad = bad_ones(client, photo)
    good = [generate, restore, generate, restore, generate] * 2
    asked = [(function.__name__, function) for function in good]
    asked[9] = (REFUSED, lambda: refused(next(bad)))
    return asked


def bad_ones(client, photo):
    """Endless requests that a server, or its client, must refuse."""
    from keras_productgen import images

    # Its head is whole: the graph finds out.
    torn = images.encode(photo, "PNG")[:200]
    return itertools.cycle(
        [
            lambda: client.restore(torn, model="restore"),
            lambda: client.generate(1, category="sock"),
            lambda: client.restore(photo, model="no-such-model"),
            lambda: client.restore(photo, seed=1, model="restore"),
        ]
    )


def refused(ask):
    try:
        ask()
    except ValueError:
        return
    except Exception as error:
        if getattr(error, "http_status", None) in (400, 404):
            return
        raise
    raise RuntimeError("What is wrong was answered.")


def check(right):
    if not right:
        raise RuntimeError("The answer must be that of the request.")
