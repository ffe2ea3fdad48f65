"""Categories, boxes, masks and attributes: read, write, check, suggest."""

from keras_productgen.data.annotations.category_suggester import (
    CategorySuggester as CategorySuggester,
)
from keras_productgen.data.annotations.colors import (
    DominantColor as DominantColor,
)
from keras_productgen.data.annotations.colors import (
    dominant_colors as dominant_colors,
)
from keras_productgen.data.annotations.foreground import (
    find_foreground as find_foreground,
)
from keras_productgen.data.annotations.formats import FORMATS as FORMATS
from keras_productgen.data.annotations.formats import (
    check_format as check_format,
)
from keras_productgen.data.annotations.formats import load as load
from keras_productgen.data.annotations.formats import save as save
from keras_productgen.data.annotations.problems import Problem as Problem
from keras_productgen.data.annotations.records import Annotation as Annotation
from keras_productgen.data.annotations.records import Annotations as Annotations
from keras_productgen.data.annotations.records import Category as Category
from keras_productgen.data.annotations.records import MaskFile as MaskFile
from keras_productgen.data.annotations.records import Picture as Picture
from keras_productgen.data.annotations.records import Polygons as Polygons
from keras_productgen.data.annotations.records import RunLengths as RunLengths
from keras_productgen.data.annotations.review import (
    contact_sheet as contact_sheet,
)
from keras_productgen.data.annotations.review import review_page as review_page
from keras_productgen.data.annotations.suggester import Suggester as Suggester
from keras_productgen.data.annotations.suggesting import suggest as suggest
from keras_productgen.data.annotations.validation import validate as validate
