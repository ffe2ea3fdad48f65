"""Metadata put into files whose pixels are not touched."""

from keras_productgen.publishing.provenance.containers import gif
from keras_productgen.publishing.provenance.containers import jpeg
from keras_productgen.publishing.provenance.containers import mp4
from keras_productgen.publishing.provenance.containers import png
from keras_productgen.publishing.provenance.containers import tiff
from keras_productgen.publishing.provenance.containers import webp

# By Pillow's names of the types. Each has `rewrite(data, xmp, exif)`.
CONTAINERS = {"JPEG": jpeg, "PNG": png, "TIFF": tiff, "WEBP": webp}
# Films that are made here. Each has `with_xmp(data, xmp)` and `xmp_of(data)`.
FILMS = {"GIF": gif, "MP4": mp4}
