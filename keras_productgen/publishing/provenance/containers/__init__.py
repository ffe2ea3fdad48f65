"""Metadata put into files whose pixels are not touched."""

from keras_productgen.publishing.provenance.containers import jpeg
from keras_productgen.publishing.provenance.containers import png
from keras_productgen.publishing.provenance.containers import tiff
from keras_productgen.publishing.provenance.containers import webp

# By Pillow's names of the types. Each has `rewrite(data, xmp, exif)`.
CONTAINERS = {"JPEG": jpeg, "PNG": png, "TIFF": tiff, "WEBP": webp}
