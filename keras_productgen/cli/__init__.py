"""The command line: `productgen VERB`, one file a verb.

TensorFlow and Keras are imported inside the verbs that need them, so that
`productgen --help` answers at once.
"""

from keras_productgen.cli.app import app as app
from keras_productgen.cli.app import main as main
