"""Trains the encoder that ships with the package, without a single label.

The network sees two views of each picture, cut, lit and coloured apart, and
must tell which belong together (SimCLR's contrast); by how many quarters they
lie turned (rotation prediction); how much blur, noise, JPEG and warp each view
got; and where its colours are. All of it is known because the script did it:
neither the catalogue's attributes nor the folders of the photos are looked at.

    python examples/train_encoder.py products.keras --photos photos/

Without `--photos` it learns from the procedural catalogue alone. Run again
after an interruption, it goes on from the last whole epoch.
"""

import argparse
import pathlib
import zipfile

import cv2
import keras
import numpy as np
from encoder_training import batches
from encoder_training import objective
from encoder_training import pictures

from keras_productgen import encoders
from keras_productgen import images


def train(arguments):
    """Returns the trained encoder and clean pictures of what it learned."""
    keras.utils.set_random_seed(arguments.seed)
    products = pictures.rendered(arguments.items, arguments.seed)
    folder = arguments.photos
    photos = pictures.photographed(folder) if folder else []
    views = batches.Views(
        products, photos, arguments.batch_size, arguments.seed
    )
    encoder = encoders.product_encoder()
    if arguments.start:
        start = keras.saving.load_model(arguments.start, compile=False)
        encoder.set_weights(start.get_weights())
    model = objective.with_heads(
        encoder, arguments.epochs * len(views), arguments.learning_rate
    )
    out = pathlib.Path(arguments.out)
    model.fit(
        views,
        epochs=arguments.epochs,
        verbose=2,
        callbacks=[
            keras.callbacks.BackupAndRestore(f"{out}.backup"),
            keras.callbacks.CSVLogger(f"{out}.csv", append=True),
        ],
    )
    clean = [picture for picture, _ in products[:1500] + photos[:1500]]
    clean = np.array([images.resize(picture, 64) for picture in clean])
    return encoder, np.concatenate([clean, views[0][0]])


def calibrated(encoder, pictures):
    """A frozen copy whose features have mean 0 and variance 1 on pictures."""
    features = encoders.extract(encoder, pictures)
    copy = encoders.product_encoder(
        mean=features.mean(0).tolist(),
        variance=(features.var(0) + 1e-4).tolist(),
    )
    copy.set_weights(encoder.get_weights())
    copy.trainable = False
    return copy


def save_compressed(model, path):
    """Saves a model; Keras itself does not compress its files."""
    model.save(path)
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("out", help="the encoder's file, such as mine.keras")
    parser.add_argument("--photos", help="folder of photos to learn from too")
    parser.add_argument("--start", help="an encoder's file, to go on from it")
    parser.add_argument("--learning-rate", type=float, default=2e-3)
    parser.add_argument("--items", type=int, default=6000)
    parser.add_argument("--epochs", type=int, default=70)
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    # Pictures are prepared in a thread of their own, beside the network's.
    cv2.setNumThreads(1)
    encoder, sample = train(arguments)
    save_compressed(calibrated(encoder, sample), arguments.out)
    print(encoders.describe(keras.saving.load_model(arguments.out)))


if __name__ == "__main__":
    main()
