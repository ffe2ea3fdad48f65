"""The gatekeeper of a folder of pictures: problems, quarantine, restoring."""

from keras_productgen.data.cleaning.clean import clean as clean
from keras_productgen.data.cleaning.clean import (
    restore_quarantined as restore_quarantined,
)
from keras_productgen.data.cleaning.problems import (
    find_problems as find_problems,
)
from keras_productgen.data.cleaning.report import (
    CleaningReport as CleaningReport,
)
from keras_productgen.data.cleaning.thresholds import (
    CleaningThresholds as CleaningThresholds,
)
