"""A callback that watches an adversarial training and names what is wrong."""

from keras_productgen.training.doctor.doctor import GANDoctor as GANDoctor
from keras_productgen.training.doctor.finding import Finding as Finding
