"""How good models and their pictures are, and how sure one can be of it."""

from keras_productgen.evaluation.anomaly import AnomalyMap as AnomalyMap
from keras_productgen.evaluation.anomaly import (
    FeatureAnomalies as FeatureAnomalies,
)
from keras_productgen.evaluation.anomaly import (
    ReconstructionAnomalies as ReconstructionAnomalies,
)
from keras_productgen.evaluation.comparison import Comparison as Comparison
from keras_productgen.evaluation.comparison import ModelScore as ModelScore
from keras_productgen.evaluation.comparison import PairTest as PairTest
from keras_productgen.evaluation.comparison import compare as compare
from keras_productgen.evaluation.conditions import (
    asked_conditions as asked_conditions,
)
from keras_productgen.evaluation.control import ChangeFidelity as ChangeFidelity
from keras_productgen.evaluation.control import Control as Control
from keras_productgen.evaluation.control import Judge as Judge
from keras_productgen.evaluation.control import Variety as Variety
from keras_productgen.evaluation.control import (
    change_fidelity as change_fidelity,
)
from keras_productgen.evaluation.control import fit_judge as fit_judge
from keras_productgen.evaluation.control import (
    measure_control as measure_control,
)
from keras_productgen.evaluation.control import (
    measure_variety as measure_variety,
)
from keras_productgen.evaluation.cross_validation import (
    CrossValidation as CrossValidation,
)
from keras_productgen.evaluation.cross_validation import (
    FoldEstimate as FoldEstimate,
)
from keras_productgen.evaluation.cross_validation import (
    corrected_estimate as corrected_estimate,
)
from keras_productgen.evaluation.cross_validation import (
    cross_validate as cross_validate,
)
from keras_productgen.evaluation.matting import MatteScores as MatteScores
from keras_productgen.evaluation.matting import (
    connectivity_error as connectivity_error,
)
from keras_productgen.evaluation.matting import gradient_error as gradient_error
from keras_productgen.evaluation.matting import matte_iou as matte_iou
from keras_productgen.evaluation.matting import matte_mad as matte_mad
from keras_productgen.evaluation.matting import measure_mattes as measure_mattes
from keras_productgen.evaluation.memorization import (
    Memorization as Memorization,
)
from keras_productgen.evaluation.memorization import (
    memorization as memorization,
)
from keras_productgen.evaluation.pictures import Pictures as Pictures
from keras_productgen.evaluation.pictures import read_pictures as read_pictures
from keras_productgen.evaluation.rating import RatingResults as RatingResults
from keras_productgen.evaluation.rating import rating_page as rating_page
from keras_productgen.evaluation.rating import rating_results as rating_results
from keras_productgen.evaluation.rating.agreement import (
    cohen_kappa as cohen_kappa,
)
from keras_productgen.evaluation.rating.agreement import (
    fleiss_kappa as fleiss_kappa,
)
from keras_productgen.evaluation.rating.agreement import (
    krippendorff_alpha as krippendorff_alpha,
)
from keras_productgen.evaluation.rating.bradley_terry import (
    bradley_terry as bradley_terry,
)
from keras_productgen.evaluation.report import Report as Report
from keras_productgen.evaluation.report import of_model as of_model
from keras_productgen.evaluation.report import open_subject as open_subject
from keras_productgen.evaluation.report import report as report
from keras_productgen.evaluation.restoration import (
    RestorationScore as RestorationScore,
)
from keras_productgen.evaluation.restoration import (
    RestorationScores as RestorationScores,
)
from keras_productgen.evaluation.restoration import (
    measure_restoration as measure_restoration,
)
from keras_productgen.evaluation.score_kinds import ScoreKind as ScoreKind
from keras_productgen.evaluation.scores import Score as Score
