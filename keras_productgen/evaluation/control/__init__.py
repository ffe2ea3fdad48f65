"""Does a conditional model make what it is asked for?"""

from keras_productgen.evaluation.control.category import (
    CategoryControl as CategoryControl,
)
from keras_productgen.evaluation.control.category import (
    category_control as category_control,
)
from keras_productgen.evaluation.control.color import (
    ColorControl as ColorControl,
)
from keras_productgen.evaluation.control.color import (
    color_control as color_control,
)
