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
from keras_productgen.pipeline.quality_gate import Candidate as Candidate
from keras_productgen.pipeline.quality_gate import QualityGate as QualityGate
from keras_productgen.pipeline.quality_gate import (
    discriminator_score as discriminator_score,
)
from keras_productgen.pipeline.quality_gate import rules_score as rules_score
from keras_productgen.pipeline.restoration import Restoration as Restoration
from keras_productgen.pipeline.restoration import Restored as Restored
from keras_productgen.pipeline.studio_shot import StudioReport as StudioReport
from keras_productgen.pipeline.studio_shot import StudioResult as StudioResult
from keras_productgen.pipeline.studio_shot import StudioShot as StudioShot
from keras_productgen.pipeline.try_on import TriedOn as TriedOn
from keras_productgen.pipeline.try_on import TryOn as TryOn
from keras_productgen.pipeline.try_on import TryOnReport as TryOnReport
from keras_productgen.pipeline.turntable import Frames as Frames
from keras_productgen.pipeline.turntable import Turntable as Turntable
from keras_productgen.pipeline.variants import Thresholds as Thresholds
from keras_productgen.pipeline.variants import Variants as Variants
from keras_productgen.pipeline.variants import VariantSet as VariantSet
