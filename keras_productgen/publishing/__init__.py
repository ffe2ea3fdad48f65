"""From a finished picture to one that a marketplace accepts, and its label."""

from keras_productgen.publishing import watermark as watermark
from keras_productgen.publishing.checking import check as check
from keras_productgen.publishing.fixing.fix import fix as fix
from keras_productgen.publishing.fixing.fixed import Fixed as Fixed
from keras_productgen.publishing.folders.checked import (
    check_folder as check_folder,
)
from keras_productgen.publishing.folders.fixed import fix_folder as fix_folder
from keras_productgen.publishing.folders.labelled import (
    LabelReport as LabelReport,
)
from keras_productgen.publishing.folders.labelled import (
    label_folder as label_folder,
)
from keras_productgen.publishing.folders.report import (
    FolderReport as FolderReport,
)
from keras_productgen.publishing.profiles import Profile as Profile
from keras_productgen.publishing.profiles import profile as profile
from keras_productgen.publishing.profiles import profiles as profiles
from keras_productgen.publishing.provenance.aigc import AIGC as AIGC
from keras_productgen.publishing.provenance.c2pa import sign_c2pa as sign_c2pa
from keras_productgen.publishing.provenance.label import Labelled as Labelled
from keras_productgen.publishing.provenance.label import label as label
from keras_productgen.publishing.provenance.record import (
    SOURCE_TYPES as SOURCE_TYPES,
)
from keras_productgen.publishing.provenance.record import Record as Record
from keras_productgen.publishing.provenance.record import record as record
from keras_productgen.publishing.provenance.verify import (
    Verification as Verification,
)
from keras_productgen.publishing.provenance.verify import verify as verify
from keras_productgen.publishing.provenance.visible_mark import (
    draw_mark as draw_mark,
)
from keras_productgen.publishing.report import Report as Report
from keras_productgen.publishing.rules.finding import Finding as Finding
