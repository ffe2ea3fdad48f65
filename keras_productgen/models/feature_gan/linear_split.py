"""What features say of conditions, and what they say beyond them."""

import numpy as np

# Part of a mean variance of 1 that every direction has at least: where there
# are fewer pictures than features, some would have none.
FLOOR = 1e-4


def linear_split(features, conditions, latent_dim, num_hidden):
    """Splits features in two parts that are uncorrelated, both by matrices.

    The principal components of the features, each with a variance of 1, are
    turned so that the conditions correlate with the first `num_hidden` of them
    alone. The others are the latents: no linear function of them tells the
    conditions.

    Args:
        features: array `(num_images, feature_dim)`.
        conditions: array `(num_images, condition_dim)`, categories one-hot.
        latent_dim: int, how many components become latents.
        num_hidden: int, how many do not; at least the rank of the conditions.
            Together at most `feature_dim`.

    Returns:
        Dict of float32 arrays. `features_mean` and `features_deviation` make
        `standard = (features - mean) / deviation`. Then `standard @ to_latents`
        are the latents, `standard @ to_conditions + conditions_mean` is the
        best linear guess at the conditions, and `latents @ from_latents +
        (conditions - conditions_mean) @ from_conditions` are the standard
        features to expect of both. `conditions_lowest` and
        `conditions_highest` are their ranges.

    Reference:
    - [Belrose et al., 2023](https://arxiv.org/abs/2306.03819)
    """
    features = np.asarray(features, "float64")
    conditions = np.asarray(conditions, "float64")
    mean, deviation = features.mean(axis=0), features.std(axis=0)
    # A feature that is always the same would be divided by nothing.
    deviation = np.where(deviation > 1e-6, deviation, 1.0)
    standard = (features - mean) / deviation
    to_components, from_components = _principal_components(
        standard, latent_dim + num_hidden
    )
    centered = conditions - conditions.mean(axis=0)
    components = standard @ to_components
    correlation = components.T @ centered / len(features)
    turn, _, _ = np.linalg.svd(correlation, full_matrices=True)
    latents = turn[:, num_hidden:]
    variance = centered.T @ centered / len(features)
    effects = np.linalg.pinv(variance, rcond=1e-6) @ correlation.T
    split = {
        "features_mean": mean,
        "features_deviation": deviation,
        "to_latents": to_components @ latents,
        "from_latents": latents.T @ from_components,
        "to_conditions": to_components @ correlation,
        "from_conditions": effects @ from_components,
        "conditions_mean": conditions.mean(axis=0),
        "conditions_lowest": conditions.min(axis=0),
        "conditions_highest": conditions.max(axis=0),
    }
    return {name: values.astype("float32") for name, values in split.items()}


def _principal_components(standard, count):
    """Returns matrices to the `count` largest components, and back."""
    covariance = standard.T @ standard / len(standard)
    variances, directions = np.linalg.eigh(covariance)
    largest = slice(None, -count - 1, -1)
    deviations = np.sqrt(np.maximum(variances[largest], 0.0) + FLOOR)
    directions = directions[:, largest]
    return directions / deviations, (directions * deviations).T
