"""Changes of pictures, and of what they are made from."""

from keras_productgen.editing import latents as latents
