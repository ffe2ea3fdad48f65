from keras_productgen.pipeline.personalisation.personalise import (
    Personalise as Personalise,
)
from keras_productgen.pipeline.personalisation.preference import (
    Preference as Preference,
)
from keras_productgen.pipeline.personalisation.recommendation import (
    Recommendation as Recommendation,
)
