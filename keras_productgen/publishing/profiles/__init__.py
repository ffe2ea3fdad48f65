"""What marketplaces ask of pictures, one TOML file each."""

from keras_productgen.publishing.profiles.profile import Profile as Profile
from keras_productgen.publishing.profiles.profile import profile as profile
from keras_productgen.publishing.profiles.profile import profiles as profiles
