"""Changes of pictures, and of what they are made from."""

from keras_productgen.editing import classical as classical
from keras_productgen.editing import latents as latents
from keras_productgen.editing.colors.cmyk import from_cmyk as from_cmyk
from keras_productgen.editing.colors.cmyk import to_cmyk as to_cmyk
from keras_productgen.editing.colors.hsv import from_hsv as from_hsv
from keras_productgen.editing.colors.hsv import to_hsv as to_hsv
from keras_productgen.editing.colors.replace_color import (
    replace_color as replace_color,
)
from keras_productgen.editing.colors.white_balance import (
    white_balance as white_balance,
)
from keras_productgen.editing.composition.compose import Layer as Layer
from keras_productgen.editing.composition.compose import compose as compose
from keras_productgen.editing.composition.composite import (
    composite as composite,
)
from keras_productgen.editing.composition.image_quilting import (
    image_quilting as image_quilting,
)
from keras_productgen.editing.composition.poisson_blend import (
    poisson_blend as poisson_blend,
)
from keras_productgen.editing.composition.shadows import (
    contact_shadow as contact_shadow,
)
from keras_productgen.editing.composition.shadows import (
    reflection as reflection,
)
from keras_productgen.editing.composition.shadows import (
    soft_shadow as soft_shadow,
)
from keras_productgen.editing.composition.transfer_texture import (
    transfer_texture as transfer_texture,
)
from keras_productgen.editing.depth.blur_by_depth import (
    blur_by_depth as blur_by_depth,
)
from keras_productgen.editing.depth.relight import relight as relight
from keras_productgen.editing.filters.homomorphic import (
    homomorphic_filter as homomorphic_filter,
)
from keras_productgen.editing.filters.smoothing import (
    bilateral_filter as bilateral_filter,
)
from keras_productgen.editing.filters.smoothing import (
    gaussian_filter as gaussian_filter,
)
from keras_productgen.editing.filters.smoothing import (
    mean_filter as mean_filter,
)
from keras_productgen.editing.filters.smoothing import (
    median_filter as median_filter,
)
from keras_productgen.editing.filters.smoothing import (
    non_local_means as non_local_means,
)
from keras_productgen.editing.filters.sobel_edges import (
    sobel_edges as sobel_edges,
)
from keras_productgen.editing.filters.unsharp_mask import (
    unsharp_mask as unsharp_mask,
)
from keras_productgen.editing.fusion.align import align as align
from keras_productgen.editing.fusion.fuse_exposures import (
    fuse_exposures as fuse_exposures,
)
from keras_productgen.editing.fusion.fuse_focus import fuse_focus as fuse_focus
from keras_productgen.editing.geometry.canvas import fit_canvas as fit_canvas
from keras_productgen.editing.geometry.canvas import pad_canvas as pad_canvas
from keras_productgen.editing.geometry.correct_perspective import (
    correct_perspective as correct_perspective,
)
from keras_productgen.editing.geometry.crop import (
    crop_to_product as crop_to_product,
)
from keras_productgen.editing.geometry.crop import product_box as product_box
from keras_productgen.editing.geometry.straighten import (
    estimate_tilt as estimate_tilt,
)
from keras_productgen.editing.geometry.straighten import (
    straighten as straighten,
)
from keras_productgen.editing.lock.product_lock import Locked as Locked
from keras_productgen.editing.lock.product_lock import (
    ProductChangedError as ProductChangedError,
)
from keras_productgen.editing.lock.product_lock import (
    ProductLock as ProductLock,
)
from keras_productgen.editing.lock.product_lock import (
    product_lock as product_lock,
)
from keras_productgen.editing.lock.proof import Proof as Proof
from keras_productgen.editing.matte.cut_out import cut_out as cut_out
from keras_productgen.editing.matte.find_matte import Matte as Matte
from keras_productgen.editing.matte.find_matte import find_matte as find_matte
from keras_productgen.editing.matte.grabcut_matte import (
    grabcut_matte as grabcut_matte,
)
from keras_productgen.editing.recolor import recolor as recolor
from keras_productgen.editing.styles import STYLES as STYLES
from keras_productgen.editing.styles import stylize as stylize
from keras_productgen.editing.tone.histogram import (
    equalize_adaptive as equalize_adaptive,
)
from keras_productgen.editing.tone.histogram import (
    equalize_histogram as equalize_histogram,
)
from keras_productgen.editing.tone.levels import (
    adjust_brightness as adjust_brightness,
)
from keras_productgen.editing.tone.levels import (
    adjust_contrast as adjust_contrast,
)
from keras_productgen.editing.tone.levels import adjust_gamma as adjust_gamma
from keras_productgen.editing.tone.levels import (
    adjust_saturation as adjust_saturation,
)
