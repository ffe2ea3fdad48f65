"""Makes a generator of photos do what it is told.

    productgen train ConditionalGAN photos --out run ...
    python examples/train_control.py run/model.keras photos --out control.keras
    python examples/train_control.py control.keras photos --measure unseen

A `ConditionalGAN` that draws well often does not mind which category it was
asked for: its discriminator sees it only in passing. Here it goes on as an
`ACGAN` that starts from the same weights: the discriminator also guesses the
category, of photos alone (`guess_fake_images=False`), and all categories are
drawn equally often. Every 500 steps it is saved: with each hundred steps more
comes out as asked for, and less of what differs within a category.

With `--measure` a judge learns from the photos, is tried on others that no
training saw, and says what it sees in generated pictures.
"""

import argparse

import keras
import numpy as np
import tensorflow as tf

import keras_productgen as kpg

SHARED = ("generator", "ema_generator")


def evenly_drawn(photos, image_size, batch_size, seed=5):
    """Batches without end, of every category as many; half are mirrored."""
    dataset = kpg.data.image_folder(photos, image_size, 32, seed=0)
    names = dataset.class_names
    rows = [
        (images.numpy().astype("uint8"), conditions["category"].numpy())
        for images, conditions in dataset
    ]
    images, categories = map(np.concatenate, zip(*rows, strict=True))
    places = [np.flatnonzero(categories == k) for k in range(len(names))]
    generator = np.random.default_rng(seed)

    def batches():
        while True:
            drawn = generator.integers(len(names), size=batch_size)
            indices = [generator.choice(places[k]) for k in drawn]
            batch = images[indices].astype("float32")
            mirrored = generator.random(batch_size) < 0.5
            batch[mirrored] = batch[mirrored, :, ::-1]
            yield batch, {"category": categories[indices]}

    shape = (batch_size, image_size, image_size, 3)
    signature = (
        tf.TensorSpec(shape, tf.float32),
        {"category": tf.TensorSpec((batch_size,), tf.int32)},
    )
    batches = tf.data.Dataset.from_generator(
        batches, output_signature=signature
    )
    return batches.prefetch(2), names


def steered(former, names, weight):
    """An `ACGAN` with the weights of a `ConditionalGAN`, compiled."""
    model = kpg.models.ACGAN(
        {"category": names},
        image_size=former.image_shape[0],
        latent_dim=former.latent_dim,
        width=former.width,
        auxiliary_weight=weight,
        guess_fake_images=False,
        seed=1,
        dtype=former.dtype_policy.name,
    )
    model.compile(
        d_optimizer=keras.optimizers.Adam(4e-4, 0.0, 0.9),
        g_optimizer=keras.optimizers.Adam(2e-4, 0.0, 0.9),
        loss=kpg.losses.HingeLoss(),
        augment=kpg.augmentation.DiffAugment("translation,cutout", seed=2),
    )
    for name in SHARED:
        weights = getattr(former, name).get_weights()
        getattr(model, name).set_weights(weights)
    # The discriminators differ in their last layers.
    pairs = zip(model.discriminator.weights, former.discriminator.weights)
    for mine, theirs in pairs:
        if mine.shape != theirs.shape:
            break
        mine.assign(theirs)
    # As the average of the weights is one of many steps already.
    model.g_optimizer.iterations.assign(former.g_optimizer.iterations)
    return model


def train(arguments):
    former = keras.saving.load_model(arguments.model)
    batches, names = evenly_drawn(
        arguments.photos, former.image_shape[0], arguments.batch_size
    )
    model = steered(former, names, arguments.weight)
    save = keras.callbacks.ModelCheckpoint(arguments.out)
    model.fit(
        batches,
        epochs=-(-arguments.steps // 500),
        steps_per_epoch=min(arguments.steps, 500),
        callbacks=[save],
        verbose=2,
    )


def measure(arguments):
    model = keras.saving.load_model(arguments.model, compile=False)
    judge = kpg.evaluation.fit_judge(
        arguments.photos,
        arguments.measure,
        epochs=24,
        movement=1.0,
        verbose=2,
    )
    print("the judge on photos it has not seen:", judge.accuracies)
    found = kpg.evaluation.measure_control(model, arguments.measure, judge)
    print(found)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("model", help="a .keras file")
    parser.add_argument("photos", help="a folder of folders, one a category")
    parser.add_argument("--out", default="control.keras")
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--weight", type=float, default=0.5)
    parser.add_argument("--batch-size", type=int, default=32)
    parser.add_argument("--measure", help="folder of photos nothing saw")
    given = parser.parse_args()
    if given.measure:
        measure(given)
    else:
        train(given)
