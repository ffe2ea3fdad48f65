"""Marks in pictures that are not seen, and outlive resizing and JPEG."""

from keras_productgen.publishing.watermark.detect import Detection as Detection
from keras_productgen.publishing.watermark.detect import detect as detect
from keras_productgen.publishing.watermark.embed import embed as embed
