"""Stages put in order: from what one has to what one wants to show."""

from keras_productgen.pipeline.edits import Edited as Edited
from keras_productgen.pipeline.edits import Edits as Edits
from keras_productgen.pipeline.personalisation import Personalise as Personalise
from keras_productgen.pipeline.personalisation import Preference as Preference
from keras_productgen.pipeline.personalisation import (
    Recommendation as Recommendation,
)
from keras_productgen.pipeline.photo_folders.job import (
    FolderReport as FolderReport,
)
from keras_productgen.pipeline.restoration import Restoration as Restoration
from keras_productgen.pipeline.restoration import Restored as Restored
from keras_productgen.pipeline.variants import Thresholds as Thresholds
from keras_productgen.pipeline.variants import Variants as Variants
from keras_productgen.pipeline.variants import VariantSet as VariantSet
