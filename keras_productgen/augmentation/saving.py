import os

import keras


def save_batch(batch, indices, random, iterator):
    """Writes a batch's pictures, stretched to 0-255, for a look at them.

    Names are `<prefix>_<index>_<number>.<format>`, the number drawn.
    """
    for picture, index in zip(batch, indices):
        image = keras.utils.array_to_img(
            picture, data_format=iterator.data_format, scale=True
        )
        name = f"{iterator.save_prefix}_{index}_{random.randint(10**7)}"
        path = os.path.join(
            iterator.save_to_dir, f"{name}.{iterator.save_format}"
        )
        image.save(path)
