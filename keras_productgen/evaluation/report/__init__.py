"""All that can be measured of a generator, on one page."""

from keras_productgen.evaluation.report.result import Report as Report
from keras_productgen.evaluation.report.run import report as report
from keras_productgen.evaluation.subject import of_model as of_model
from keras_productgen.evaluation.subject import open_subject as open_subject
