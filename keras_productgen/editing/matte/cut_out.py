import numpy as np

from keras_productgen.editing.matte.find_matte import AUTO
from keras_productgen.editing.matte.find_matte import find_matte
from keras_productgen.editing.pixels import colors_of
from keras_productgen.editing.pixels import matte_of
from keras_productgen.editing.product_mask import matte_in
from keras_productgen.images.kinds import checked_picture
from keras_productgen.images.kinds import filled

# From here on a pixel's colour is that of the product alone.
WHOLE = 250


def cut_out(picture, matte=None, method=AUTO, model=None):
    """Takes the product out of its surroundings.

    At its edge, where a photo mixes product and backdrop, it gets the colours
    of the product beside it: no rim of the old backdrop before a new one.

    ```python
    product = kpg.editing.cut_out(photo)
    kpg.images.save("product.png", product)
    in_room = kpg.editing.composite(product, room)
    ```

    Args:
        picture: uint8 array `(height, width)` or `(height, width, channels)`
            of 1 (grey), 3 (RGB) or 4 (RGBA) channels. With transparency it is
            cut out already, and returned as it is.
        matte: optional array `(height, width)`: how much of each pixel is
            product; bool, uint8 0-255 or floats in `[0, 1]`. By default it is
            looked for.
        method: as of `find_matte`.
        model: as of `find_matte`.

    Returns:
        uint8 array `(height, width, 4)`. Where the matte is at least 250 of
        255, colours are those of `picture`; what cannot be seen has the colour
        of the nearest product.

    Raises:
        ValueError: if an argument is not as said above.
        ImportError: as `find_matte`.
    """
    picture = checked_picture(picture)
    if matte is None and picture.shape[2:] == (4,):
        if matte_in(picture) is not None:
            return picture.copy()
    if matte is None:
        matte = find_matte(picture, method, model).alpha
    alpha = matte_of(picture, matte)
    solid = np.where(alpha >= WHOLE, 255, 0).astype("uint8")
    return np.dstack([filled(colors_of(picture), solid), alpha])
