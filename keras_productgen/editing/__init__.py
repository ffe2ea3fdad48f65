"""Changes of pictures, and of what they are made from."""

from keras_productgen.editing import classical as classical
from keras_productgen.editing import latents as latents
from keras_productgen.editing.recolor import recolor as recolor
from keras_productgen.editing.styles import STYLES as STYLES
from keras_productgen.editing.styles import stylize as stylize
