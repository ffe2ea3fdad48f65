"""What an exported model computes, as functions of tensors."""

from keras_productgen.export.signatures.describe import DESCRIBE as DESCRIBE
from keras_productgen.export.signatures.describe import (
    description as description,
)
from keras_productgen.export.signatures.kinds import DEFAULT as DEFAULT
from keras_productgen.export.signatures.kinds import MAX_PIXELS as MAX_PIXELS
from keras_productgen.export.signatures.kinds import OF_ANY_SIZE as OF_ANY_SIZE
from keras_productgen.export.signatures.kinds import check_kind as check_kind
from keras_productgen.export.signatures.kinds import signatures as signatures
from keras_productgen.export.signatures.restorations import tiling as tiling
