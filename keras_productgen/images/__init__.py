"""Pictures in and out: files <-> uint8 arrays, sizes, sheets."""

from keras_productgen.images.decoding import decode as decode
from keras_productgen.images.decoding import load as load
from keras_productgen.images.decoding import load_resized as load_resized
from keras_productgen.images.decoding import load_rgba as load_rgba
from keras_productgen.images.encoding import encode as encode
from keras_productgen.images.encoding import encode_png as encode_png
from keras_productgen.images.encoding import save as save
from keras_productgen.images.encoding import write_bytes as write_bytes
from keras_productgen.images.encoding import write_json as write_json
from keras_productgen.images.grids import grid as grid
from keras_productgen.images.grids import to_uint8 as to_uint8
from keras_productgen.images.guided import guided_upsample as guided_upsample
from keras_productgen.images.headers import MAX_PIXELS as MAX_PIXELS
from keras_productgen.images.headers import Header as Header
from keras_productgen.images.headers import read_header as read_header
from keras_productgen.images.kinds import through_colors as through_colors
from keras_productgen.images.kinds import (
    through_colors_together as through_colors_together,
)
from keras_productgen.images.originals import Original as Original
from keras_productgen.images.originals import load_original as load_original
from keras_productgen.images.resizing import resize as resize
