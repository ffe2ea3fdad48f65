from keras_productgen.models.autoencoder import Autoencoder as Autoencoder
from keras_productgen.models.conditional_gan import (
    ConditionalGAN as ConditionalGAN,
)
from keras_productgen.models.dcgan import DCGAN as DCGAN
from keras_productgen.models.gan import AdversarialModel as AdversarialModel
from keras_productgen.models.image_model import ImageModel as ImageModel
from keras_productgen.models.vanilla_gan import GAN as GAN
from keras_productgen.models.wgan import WGAN as WGAN
from keras_productgen.models.wgan import WGANGP as WGANGP
