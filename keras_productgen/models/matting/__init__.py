from keras_productgen.models.matting.matting_unet import (
    MattingUNet as MattingUNet,
)
