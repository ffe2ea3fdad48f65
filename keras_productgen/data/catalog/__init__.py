"""Rendered products with ground truth: see `ProductCatalog`."""

from keras_productgen.data.catalog.conditions import CONDITIONS as CONDITIONS
from keras_productgen.data.catalog.item import BACKGROUNDS as BACKGROUNDS
from keras_productgen.data.catalog.item import CATEGORIES as CATEGORIES
from keras_productgen.data.catalog.item import PATTERNS as PATTERNS
from keras_productgen.data.catalog.item import Item as Item
from keras_productgen.data.catalog.product_catalog import (
    ProductCatalog as ProductCatalog,
)
from keras_productgen.data.catalog.render import Product as Product
