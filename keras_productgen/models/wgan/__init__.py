from keras_productgen.models.wgan.wgan import WGAN as WGAN
from keras_productgen.models.wgan.wgan_gp import WGANGP as WGANGP
