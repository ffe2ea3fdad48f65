"""Every model, small: what the conformance test runs on."""

import keras
import numpy as np

from keras_productgen import models

SMALL = dict(image_size=8, latent_dim=4, width=4, seed=0)
CONDITIONED = dict(
    categories={"category": ["a", "b", "c"]}, vectors={"color": 3}
)
LABELED = dict(labels={"attributes": ["striped", "long sleeve"]})
TRANSLATED = dict(image_size=8, width=2, discriminator_layers=1, seed=0)


def small_encoder():
    images = keras.Input((8, 8, 3))
    x = keras.layers.Conv2D(3, 3, strides=4)(images / 255.0)
    return keras.Model(images, keras.layers.Flatten()(x), name="encoder")


CASES = {
    "GAN": lambda **kwargs: models.GAN(**SMALL, filters=4, **kwargs),
    "DCGAN": lambda **kwargs: models.DCGAN(**SMALL, **kwargs),
    "WGAN": lambda **kwargs: models.WGAN(**SMALL, **kwargs),
    "WGANGP": lambda **kwargs: models.WGANGP(**SMALL, **kwargs),
    "ConditionalGAN": lambda **kwargs: models.ConditionalGAN(
        **CONDITIONED, **SMALL, **kwargs
    ),
    "ACGAN": lambda **kwargs: models.ACGAN(
        **CONDITIONED, **LABELED, **SMALL, **kwargs
    ),
    "FastGAN": lambda **kwargs: models.FastGAN(
        **CONDITIONED, **{**SMALL, "image_size": 16, "width": 2}, **kwargs
    ),
    "FeatureGAN": lambda **kwargs: models.FeatureGAN(
        **CONDITIONED,
        **SMALL,
        encoder=small_encoder(),
        **kwargs,
    ),
    "StyleGAN2": lambda **kwargs: models.StyleGAN2(
        **CONDITIONED, **SMALL, mapping_layers=2, **kwargs
    ),
}
# Those that draw pictures again, and make none of their own.
RECONSTRUCTING = {
    "Autoencoder": lambda **kwargs: models.Autoencoder(**SMALL, **kwargs),
}
# Those that make pictures out of others.
TRANSLATING = {
    "Pix2Pix": lambda **kwargs: models.Pix2Pix(
        **{**TRANSLATED, "image_size": 16, "source_channels": 1, **kwargs}
    ),
    "CycleGAN": lambda **kwargs: models.CycleGAN(
        **{**TRANSLATED, "num_blocks": 1, "pool_size": 15, **kwargs}
    ),
    "StarGAN": lambda **kwargs: models.StarGAN(
        **CONDITIONED,
        **LABELED,
        **{**TRANSLATED, "num_blocks": 1, "blended": True, **kwargs},
    ),
}
# Those that make damaged pictures good again, or larger.
RESTORING = {
    "DnCNN": lambda **kwargs: models.DnCNN(depth=3, width=4, seed=0, **kwargs),
    "EDSR": lambda **kwargs: models.EDSR(
        scale=4, num_blocks=1, width=4, seed=0, **kwargs
    ),
    "IMDN": lambda **kwargs: models.IMDN(
        scale=2, num_blocks=2, width=4, seed=0, **kwargs
    ),
    "ESPCN": lambda **kwargs: models.ESPCN(scale=2, width=4, seed=0, **kwargs),
    "NAFNet": lambda **kwargs: models.NAFNet(
        width=4, encoder_blocks=(1,), middle_blocks=1, seed=0, **kwargs
    ),
    "ColorCurves": lambda **kwargs: models.ColorCurves(
        width=2, seed=0, **kwargs
    ),
    "Restorer": lambda **kwargs: models.Restorer(
        width=4,
        encoder_blocks=(1,),
        middle_blocks=1,
        curve_width=2,
        seed=0,
        **kwargs,
    ),
    "ZeroDCE": lambda **kwargs: models.ZeroDCE(
        width=4, num_iterations=2, seed=0, **kwargs
    ),
}
# Those that fill holes.
INPAINTING = {
    "DeepFill": lambda **kwargs: models.DeepFill(
        **{
            **dict(image_size=8, width=2, discriminator_layers=2, seed=0),
            **kwargs,
        }
    ),
}
# Those that cut products out.
MATTING = {
    "MattingUNet": lambda **kwargs: models.MattingUNet(
        image_size=32, width=2, levels=(1, 2), seed=0, **kwargs
    ),
}
BASE_CLASSES = {
    "AdversarialModel",
    "ImageModel",
    "ImageRestoration",
    "ImageTranslation",
}


def data_for(model, num_images=40):
    """Arrays `(images, conditions)` that suit the model.

    Those of a translation without conditions are `(sources, targets)`, those
    of a restoration `(damaged, clean)`, of matting `(images, mattes)`.
    """
    generator = np.random.default_rng(0)
    if hasattr(model, "scale"):
        return damaged_and_clean(model, num_images)
    if hasattr(model, "matte"):
        return images_and_mattes(num_images)
    images = generator.uniform(0, 255, (num_images, *model.image_shape))
    if hasattr(model, "kinds"):
        targets = generator.uniform(0, 255, (num_images, *model.target_shape))
        return images.astype("float32"), targets.astype("float32")
    conditions = {
        name: generator.integers(len(values), size=num_images, dtype="int32")
        for name, values in getattr(model, "categories", {}).items()
    }
    for name, dim in getattr(model, "vectors", {}).items():
        values = generator.uniform(size=(num_images, dim))
        conditions[name] = values.astype("float32")
    for name, labels in getattr(model, "labels", {}).items():
        values = generator.integers(2, size=(num_images, len(labels)))
        conditions[name] = values.astype("float32")
    return images.astype("float32"), conditions or None


def damaged_and_clean(model, num_images=40, side=16):
    generator = np.random.default_rng(0)
    clean = generator.uniform(0, 255, (num_images, side, side, 3))
    step = model.scale
    damaged = clean[:, ::step, ::step]
    damaged = damaged + generator.normal(0, 20, damaged.shape)
    return damaged.astype("float32"), clean.astype("float32")


def images_and_mattes(num_images=40, side=32):
    """Bright squares on dark grounds."""
    generator = np.random.default_rng(0)
    images = generator.uniform(0, 100, (num_images, side, side, 3))
    mattes = np.zeros((num_images, side, side, 1), "float32")
    for matte, (top, left) in zip(
        mattes, generator.integers(0, side // 2, (num_images, 2)), strict=True
    ):
        matte[top : top + side // 2, left : left + side // 2] = 255.0
    images += 155.0 * (mattes > 0)
    return images.astype("float32"), mattes


def conditions_of_one(model):
    """What `generate` takes, for one picture."""
    return {
        **{name: 1 for name in getattr(model, "categories", {})},
        **{
            name: [0.5] * dim
            for name, dim in getattr(model, "vectors", {}).items()
        },
        **{
            name: labels[:1]
            for name, labels in getattr(model, "labels", {}).items()
        },
    } or None


def wish_of_one(model):
    """What `translate` takes beside pictures."""
    conditions = conditions_of_one(model)
    return {"conditions": conditions} if conditions else {}


def fit(model, epochs=1, initial_epoch=0, callbacks=(), **kwargs):
    """Trains on the same batches in the same order, four each epoch."""
    images, conditions = data_for(model)
    return model.fit(
        images,
        conditions,
        batch_size=10,
        epochs=epochs,
        initial_epoch=initial_epoch,
        shuffle=False,
        verbose=0,
        callbacks=list(callbacks),
        **kwargs,
    )


def state_of(model):
    """All that training changes: weights, optimizers and seeds."""
    variables = [*model.variables, *model.optimizer.variables]
    return [keras.ops.convert_to_numpy(v.value) for v in variables]


def tolerance():
    return 1e-6 if keras.config.backend() == "tensorflow" else 1e-5


def check_same_state(model, other, atol=None):
    ours, theirs = state_of(model), state_of(other)
    assert len(ours) == len(theirs)
    for mine, its in zip(ours, theirs):
        np.testing.assert_allclose(
            mine.astype("float64"),
            its.astype("float64"),
            atol=atol or tolerance(),
        )
