"""From a finished picture to one that a marketplace accepts, and its label."""

from keras_productgen.publishing.checking import check as check
from keras_productgen.publishing.fixing.fix import fix as fix
from keras_productgen.publishing.fixing.fixed import Fixed as Fixed
from keras_productgen.publishing.profiles import Profile as Profile
from keras_productgen.publishing.profiles import profile as profile
from keras_productgen.publishing.profiles import profiles as profiles
from keras_productgen.publishing.report import Report as Report
from keras_productgen.publishing.rules.finding import Finding as Finding
