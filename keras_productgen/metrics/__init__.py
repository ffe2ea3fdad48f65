"""How good generated pictures are."""

from keras_productgen.metrics.block_kernel_inception_distance import (
    BlockKernelInceptionDistance as BlockKernelInceptionDistance,
)
from keras_productgen.metrics.color_difference import (
    ColorDifference as ColorDifference,
)
from keras_productgen.metrics.color_difference import cie76 as cie76
from keras_productgen.metrics.color_difference import ciede2000 as ciede2000
from keras_productgen.metrics.color_difference import (
    color_difference as color_difference,
)
from keras_productgen.metrics.density_coverage import (
    DensityCoverage as DensityCoverage,
)
from keras_productgen.metrics.density_coverage import (
    DensityCoverageScores as DensityCoverageScores,
)
from keras_productgen.metrics.density_coverage import (
    density_coverage as density_coverage,
)
from keras_productgen.metrics.edge_width import EdgeWidth as EdgeWidth
from keras_productgen.metrics.edge_width import edge_width as edge_width
from keras_productgen.metrics.exposure import Exposure as Exposure
from keras_productgen.metrics.exposure import exposure as exposure
from keras_productgen.metrics.fid_infinity import (
    FIDExtrapolation as FIDExtrapolation,
)
from keras_productgen.metrics.fid_infinity import fid_infinity as fid_infinity
from keras_productgen.metrics.frechet_distance import (
    frechet_distance as frechet_distance,
)
from keras_productgen.metrics.frechet_inception_distance import (
    FrechetInceptionDistance as FrechetInceptionDistance,
)
from keras_productgen.metrics.frechet_inception_distance import (
    frechet_inception_distance as frechet_inception_distance,
)
from keras_productgen.metrics.inception_score import (
    InceptionScore as InceptionScore,
)
from keras_productgen.metrics.inception_score import (
    inception_score as inception_score,
)
from keras_productgen.metrics.kernel_inception_distance import (
    KernelInceptionDistance as KernelInceptionDistance,
)
from keras_productgen.metrics.kernel_inception_distance import (
    kernel_inception_distance as kernel_inception_distance,
)
from keras_productgen.metrics.kid_between import KIDEstimate as KIDEstimate
from keras_productgen.metrics.kid_between import kid_between as kid_between
from keras_productgen.metrics.kid_between import (
    kid_over_subsets as kid_over_subsets,
)
from keras_productgen.metrics.lab import srgb_to_lab as srgb_to_lab
from keras_productgen.metrics.laplacian_sliced_wasserstein import (
    laplacian_sliced_wasserstein as laplacian_sliced_wasserstein,
)
from keras_productgen.metrics.learned_quality import (
    LearnedQuality as LearnedQuality,
)
from keras_productgen.metrics.learned_quality import Quality as Quality
from keras_productgen.metrics.learned_quality import (
    learned_quality as learned_quality,
)
from keras_productgen.metrics.mean_squared_error import (
    MeanSquaredError as MeanSquaredError,
)
from keras_productgen.metrics.mean_squared_error import (
    mean_squared_error as mean_squared_error,
)
from keras_productgen.metrics.multiscale_ssim import (
    MultiScaleStructuralSimilarity as MultiScaleStructuralSimilarity,
)
from keras_productgen.metrics.multiscale_ssim import (
    multiscale_ssim as multiscale_ssim,
)
from keras_productgen.metrics.noise_level import NoiseLevel as NoiseLevel
from keras_productgen.metrics.noise_level import noise_level as noise_level
from keras_productgen.metrics.perceptual_distance import (
    PerceptualDistance as PerceptualDistance,
)
from keras_productgen.metrics.perceptual_distance import (
    perceptual_distance as perceptual_distance,
)
from keras_productgen.metrics.perceptual_network import (
    PerceptualNetwork as PerceptualNetwork,
)
from keras_productgen.metrics.perceptual_path_length import (
    PathLength as PathLength,
)
from keras_productgen.metrics.perceptual_path_length import (
    perceptual_path_length as perceptual_path_length,
)
from keras_productgen.metrics.precision_recall import (
    PrecisionRecall as PrecisionRecall,
)
from keras_productgen.metrics.precision_recall import (
    PrecisionRecallScores as PrecisionRecallScores,
)
from keras_productgen.metrics.precision_recall import (
    precision_recall as precision_recall,
)
from keras_productgen.metrics.prediction_sums import (
    InceptionScoreEstimate as InceptionScoreEstimate,
)
from keras_productgen.metrics.psnr import (
    PeakSignalToNoiseRatio as PeakSignalToNoiseRatio,
)
from keras_productgen.metrics.psnr import psnr as psnr
from keras_productgen.metrics.quality_network import (
    quality_network as quality_network,
)
from keras_productgen.metrics.sharpness import Sharpness as Sharpness
from keras_productgen.metrics.sharpness import sharpness as sharpness
from keras_productgen.metrics.signal_to_noise import (
    InverseSignalRatio as InverseSignalRatio,
)
from keras_productgen.metrics.signal_to_noise import (
    SignalToNoiseRatio as SignalToNoiseRatio,
)
from keras_productgen.metrics.signal_to_noise import (
    inverse_signal_ratio as inverse_signal_ratio,
)
from keras_productgen.metrics.signal_to_noise import snr_db as snr_db
from keras_productgen.metrics.sliced_wasserstein import (
    SlicedWassersteinDistance as SlicedWassersteinDistance,
)
from keras_productgen.metrics.sliced_wasserstein import (
    sliced_wasserstein_distance as sliced_wasserstein_distance,
)
from keras_productgen.metrics.ssim import (
    StructuralSimilarity as StructuralSimilarity,
)
from keras_productgen.metrics.ssim import ssim as ssim
