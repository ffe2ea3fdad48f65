"""Does a conditional model make what it is asked for?"""

from keras_productgen.evaluation.control.category import (
    CategoryControl as CategoryControl,
)
from keras_productgen.evaluation.control.category import (
    category_control as category_control,
)
from keras_productgen.evaluation.control.change import (
    ChangeFidelity as ChangeFidelity,
)
from keras_productgen.evaluation.control.change import (
    change_fidelity as change_fidelity,
)
from keras_productgen.evaluation.control.color import (
    ColorControl as ColorControl,
)
from keras_productgen.evaluation.control.color import (
    color_control as color_control,
)
from keras_productgen.evaluation.control.judge import Judge as Judge
from keras_productgen.evaluation.control.judge import fit_judge as fit_judge
from keras_productgen.evaluation.control.measure import (
    measure_control as measure_control,
)
from keras_productgen.evaluation.control.result import Control as Control
from keras_productgen.evaluation.control.variety import Variety as Variety
from keras_productgen.evaluation.control.variety import (
    measure_variety as measure_variety,
)
from keras_productgen.evaluation.control.vector import (
    VectorControl as VectorControl,
)
from keras_productgen.evaluation.control.vector import (
    vector_control as vector_control,
)
