"""The latent space of a generator: ways through it, and back into it."""

from keras_productgen.editing.latents.closed_form import (
    closed_form_directions as closed_form_directions,
)
from keras_productgen.editing.latents.directions import Direction as Direction
from keras_productgen.editing.latents.directions import move as move
from keras_productgen.editing.latents.inversion import Inversion as Inversion
from keras_productgen.editing.latents.inversion import invert as invert
from keras_productgen.editing.latents.labelled import (
    labelled_direction as labelled_direction,
)
from keras_productgen.editing.latents.mixing import mix as mix
from keras_productgen.editing.latents.paths import interpolate as interpolate
from keras_productgen.editing.latents.principal import (
    principal_directions as principal_directions,
)
from keras_productgen.editing.latents.strips import strip as strip
