"""People judge pictures: a page to do it on, and what their answers say."""

from keras_productgen.evaluation.rating.page import rating_page as rating_page
from keras_productgen.evaluation.rating.results import (
    RatingResults as RatingResults,
)
from keras_productgen.evaluation.rating.results import (
    rating_results as rating_results,
)
