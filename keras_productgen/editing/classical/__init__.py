"""What filters without learning make of damaged pictures.

The functions have the names of the shipped models: what a model is compared
with, and what is done where there is none.
"""

from keras_productgen.editing.classical.color import color as color
from keras_productgen.editing.classical.deblur import deblur as deblur
from keras_productgen.editing.classical.denoise import denoise as denoise
from keras_productgen.editing.classical.inpaint import inpaint as inpaint
from keras_productgen.editing.classical.jpeg import jpeg as jpeg
from keras_productgen.editing.classical.low_light import low_light as low_light
from keras_productgen.editing.classical.restore import restore as restore
from keras_productgen.editing.classical.tasks import methods_of as methods_of
from keras_productgen.editing.classical.tasks import tasks as tasks
from keras_productgen.editing.classical.upscale import upscale as upscale
from keras_productgen.editing.classical.upscale import upscale_2 as upscale_2
from keras_productgen.editing.classical.upscale import upscale_3 as upscale_3
from keras_productgen.editing.classical.upscale import upscale_4 as upscale_4
