from keras_productgen.models.attention import attention_maps as attention_maps
from keras_productgen.models.autoencoder import Autoencoder as Autoencoder
from keras_productgen.models.color_curves import ColorCurves as ColorCurves
from keras_productgen.models.conditional_gan import ACGAN as ACGAN
from keras_productgen.models.conditional_gan import (
    ConditionalGAN as ConditionalGAN,
)
from keras_productgen.models.cyclegan import CycleGAN as CycleGAN
from keras_productgen.models.dcgan import DCGAN as DCGAN
from keras_productgen.models.deepfill import DeepFill as DeepFill
from keras_productgen.models.dncnn import DnCNN as DnCNN
from keras_productgen.models.edsr import EDSR as EDSR
from keras_productgen.models.espcn import ESPCN as ESPCN
from keras_productgen.models.fastgan import FastGAN as FastGAN
from keras_productgen.models.feature_gan import FeatureGAN as FeatureGAN
from keras_productgen.models.gan import AdversarialModel as AdversarialModel
from keras_productgen.models.image_model import ImageModel as ImageModel
from keras_productgen.models.image_translation import (
    ImageTranslation as ImageTranslation,
)
from keras_productgen.models.imdn import IMDN as IMDN
from keras_productgen.models.legacy import load_legacy as load_legacy
from keras_productgen.models.linear_decay import LinearDecay as LinearDecay
from keras_productgen.models.matting import MattingUNet as MattingUNet
from keras_productgen.models.nafnet import NAFNet as NAFNet
from keras_productgen.models.pix2pix import Pix2Pix as Pix2Pix
from keras_productgen.models.restoration.image_restoration import (
    ImageRestoration as ImageRestoration,
)
from keras_productgen.models.restorer import Restorer as Restorer
from keras_productgen.models.shipped import load as load
from keras_productgen.models.shipped import pack as pack
from keras_productgen.models.shipped import shipped_models as shipped_models
from keras_productgen.models.shipped import unpack as unpack
from keras_productgen.models.stargan import StarGAN as StarGAN
from keras_productgen.models.stylegan2 import StyleGAN2 as StyleGAN2
from keras_productgen.models.vanilla_gan import GAN as GAN
from keras_productgen.models.wgan import WGAN as WGAN
from keras_productgen.models.wgan import WGANGP as WGANGP
from keras_productgen.models.zero_dce import ZeroDCE as ZeroDCE
