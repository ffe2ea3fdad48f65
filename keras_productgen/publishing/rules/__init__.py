"""What is looked at in a picture, rule by rule."""

from keras_productgen.publishing.rules import background
from keras_productgen.publishing.rules import composition
from keras_productgen.publishing.rules import file
from keras_productgen.publishing.rules import frame
from keras_productgen.publishing.rules import quality
from keras_productgen.publishing.rules import size
from keras_productgen.publishing.rules import text

# By the names of the tables of profiles, in the order of reports.
RULES = {
    "background": background.background,
    "fill": composition.fill,
    "centring": composition.centring,
    "pixels": size.pixels,
    "aspect": size.aspect,
    "file": file.file,
    "color_space": file.color_space,
    "transparency": file.transparency,
    "border": frame.border,
    "text": text.text,
    "sharpness": quality.sharpness,
    "exposure": quality.exposure,
    "products": composition.products,
    "cut_off": composition.cut_off,
}
