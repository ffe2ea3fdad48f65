"""What records say of variants."""

from keras_productgen.evaluation.plain import plain
from keras_productgen.models.networks import weights_digest

ENHANCED = "algorithmicallyEnhanced"
# A model draws the pattern; what is around it stays the photo.
GENERATED = "compositeWithTrainedAlgorithmicMedia"


def origins_of(variants):
    """Returns what `publishing.record` is told of each of `Variants`.

    Args:
        variants: `Variants`.

    Returns:
        List of dicts, in the order of `variants.names`.
    """
    options = plain(variants.recolor_options)
    edits = [
        {"name": "recolor", "color": _rounded(color), **options}
        for color in variants.colors.values()
    ]
    painted = [{"source_type": ENHANCED, "edits": [edit]} for edit in edits]
    drawn = [
        {
            "source_type": GENERATED,
            "model": _model_of(variants),
            "edits": [{"name": "pattern", "pattern": plain(pattern)}],
        }
        for pattern in variants.patterns.values()
    ]
    styled = [
        {
            "source_type": ENHANCED,
            "edits": [{"name": "stylize", "style": style}],
        }
        for style in variants.styles
    ]
    return [*painted, *drawn, *styled]


def _rounded(color):
    """Without the digits that come of float32."""
    return [round(value, 6) for value in color]


def _model_of(variants):
    name = type(variants.model).__name__
    return {"name": name, "sha256": weights_digest(variants.model)}
