"""From a photo of a product to a picture for a shop, stage by stage."""

from keras_productgen.pipeline.product_verdicts import Refusal as Refusal
from keras_productgen.pipeline.studio_shot.result import Stage as Stage
from keras_productgen.pipeline.studio_shot.result import (
    StudioReport as StudioReport,
)
from keras_productgen.pipeline.studio_shot.result import (
    StudioResult as StudioResult,
)
from keras_productgen.pipeline.studio_shot.studio_shot import (
    StudioShot as StudioShot,
)
