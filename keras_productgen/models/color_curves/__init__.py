from keras_productgen.models.color_curves.color_curves import (
    ColorCurves as ColorCurves,
)
