"""Good enough, or once more: scores, thresholds, and a loop that ends."""

from keras_productgen.pipeline.quality_gate.calibration import (
    Calibration as Calibration,
)
from keras_productgen.pipeline.quality_gate.calibration import Rate as Rate
from keras_productgen.pipeline.quality_gate.candidate import (
    Candidate as Candidate,
)
from keras_productgen.pipeline.quality_gate.decisions import (
    Decision as Decision,
)
from keras_productgen.pipeline.quality_gate.decisions import (
    GateResult as GateResult,
)
from keras_productgen.pipeline.quality_gate.decisions import GiveUp as GiveUp
from keras_productgen.pipeline.quality_gate.decisions import Reason as Reason
from keras_productgen.pipeline.quality_gate.gate import (
    QualityGate as QualityGate,
)
from keras_productgen.pipeline.quality_gate.scores import SCORES as SCORES
from keras_productgen.pipeline.quality_gate.scores import (
    discriminator_score as discriminator_score,
)
from keras_productgen.pipeline.quality_gate.scores import (
    rules_score as rules_score,
)
