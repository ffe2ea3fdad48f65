from keras_productgen.losses.adversarial import (
    AdversarialLoss as AdversarialLoss,
)
from keras_productgen.losses.adversarial import HingeLoss as HingeLoss
from keras_productgen.losses.adversarial import (
    LeastSquaresLoss as LeastSquaresLoss,
)
from keras_productgen.losses.adversarial import MinimaxLoss as MinimaxLoss
from keras_productgen.losses.adversarial import (
    NonSaturatingLoss as NonSaturatingLoss,
)
from keras_productgen.losses.adversarial import (
    WassersteinLoss as WassersteinLoss,
)
from keras_productgen.losses.charbonnier import (
    CharbonnierLoss as CharbonnierLoss,
)
from keras_productgen.losses.contrastive import NTXentLoss as NTXentLoss
from keras_productgen.losses.contrastive import nt_xent as nt_xent
from keras_productgen.losses.frequency import FrequencyLoss as FrequencyLoss
from keras_productgen.losses.matte import MatteLoss as MatteLoss
from keras_productgen.losses.penalties import (
    check_second_derivatives as check_second_derivatives,
)
from keras_productgen.losses.penalties import (
    gradient_penalty as gradient_penalty,
)
from keras_productgen.losses.penalties import r1_penalty as r1_penalty
from keras_productgen.losses.perceptual import PerceptualLoss as PerceptualLoss
from keras_productgen.losses.structural import (
    MultiscaleSSIMLoss as MultiscaleSSIMLoss,
)
from keras_productgen.losses.structural import SSIMLoss as SSIMLoss
from keras_productgen.losses.weighted import WeightedLoss as WeightedLoss
