"""Faults planted on rendered products, with masks that are exact."""

from keras_productgen.data.defects.planting import DEFECTS as DEFECTS
from keras_productgen.data.defects.planting import Defect as Defect
from keras_productgen.data.defects.planting import plant as plant
