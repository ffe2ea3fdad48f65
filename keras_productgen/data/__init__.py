"""Pictures to learn from: folders of photos, the procedural catalogue."""

from keras_productgen.data import annotations as annotations
from keras_productgen.data import degradation as degradation
from keras_productgen.data.catalog import ProductCatalog as ProductCatalog
from keras_productgen.data.cleaning import CleaningReport as CleaningReport
from keras_productgen.data.cleaning import (
    CleaningThresholds as CleaningThresholds,
)
from keras_productgen.data.cleaning import clean as clean
from keras_productgen.data.cleaning import find_problems as find_problems
from keras_productgen.data.cleaning import (
    restore_quarantined as restore_quarantined,
)
from keras_productgen.data.collecting import CollectReport as CollectReport
from keras_productgen.data.collecting import collect as collect
from keras_productgen.data.defects import DEFECTS as DEFECTS
from keras_productgen.data.defects import Defect as Defect
from keras_productgen.data.defects import plant as plant
from keras_productgen.data.image_folder import image_folder as image_folder
from keras_productgen.data.image_pairs import image_pairs as image_pairs
from keras_productgen.data.image_patches import image_patches as image_patches
from keras_productgen.data.inspection import inspect_folder as inspect_folder
from keras_productgen.data.manifest import read_manifest as read_manifest
from keras_productgen.data.mattes import matte_pairs as matte_pairs
from keras_productgen.data.product_splits import split as split
from keras_productgen.data.report import FolderReport as FolderReport
from keras_productgen.data.split_check import SplitCheck as SplitCheck
from keras_productgen.data.split_check import check_split as check_split
from keras_productgen.data.split_table import ProductSplit as ProductSplit
from keras_productgen.data.unpaired import unpaired as unpaired
