"""Pictures to learn from: folders of photos, the procedural catalogue."""

from keras_productgen.data import annotations as annotations
from keras_productgen.data.catalog import ProductCatalog as ProductCatalog
from keras_productgen.data.collecting import CollectReport as CollectReport
from keras_productgen.data.collecting import collect as collect
from keras_productgen.data.image_folder import image_folder as image_folder
from keras_productgen.data.inspection import inspect_folder as inspect_folder
from keras_productgen.data.manifest import read_manifest as read_manifest
from keras_productgen.data.report import FolderReport as FolderReport
