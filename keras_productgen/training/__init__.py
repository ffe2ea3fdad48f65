"""Watching and judging a training: callbacks and plots."""

from keras_productgen.training.attention_plot import (
    attention_plot as attention_plot,
)
from keras_productgen.training.doctor import Finding as Finding
from keras_productgen.training.doctor import GANDoctor as GANDoctor
from keras_productgen.training.evaluate_generator import (
    EvaluateGenerator as EvaluateGenerator,
)
from keras_productgen.training.history_plot import history_plot as history_plot
from keras_productgen.training.sample_grid import SampleGrid as SampleGrid
from keras_productgen.training.translation_grid import (
    TranslationGrid as TranslationGrid,
)
