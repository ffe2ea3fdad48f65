"""Random changes of training pictures."""

from keras_productgen.augmentation.adaptive_augment import (
    AdaptiveAugment as AdaptiveAugment,
)
from keras_productgen.augmentation.diff_augment import (
    DiffAugment as DiffAugment,
)
from keras_productgen.augmentation.image_data_generator import (
    ImageDataGenerator as ImageDataGenerator,
)
from keras_productgen.augmentation.random_affine import (
    RandomAffine as RandomAffine,
)
