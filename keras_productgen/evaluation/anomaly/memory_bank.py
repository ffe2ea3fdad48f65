import numpy as np

CANDIDATES = 50_000
# Random directions in which the coreset is chosen: distances hardly change.
PROJECTED = 32


class MemoryBank:
    """Features of good patches, wherever they lie in a picture.

    Args:
        num_patches: int, how many are kept: those farthest from one another.
        seed: int.

    Reference:
    - [Roth et al., 2022](https://arxiv.org/abs/2106.08265), PatchCore
    """

    def __init__(self, num_patches=2000, seed=0):
        self.num_patches = num_patches
        self.seed = seed

    def fit(self, features):
        """Takes float32 features `(num_images, rows, columns, dim)`."""
        generator = np.random.default_rng(self.seed)
        patches = features.reshape(-1, features.shape[-1])
        if len(patches) > CANDIDATES:
            chosen = generator.choice(len(patches), CANDIDATES, replace=False)
            patches = patches[chosen]
        self.scale = patches.std(0) + 1e-3
        patches = patches / self.scale
        self.patches = patches[self._coreset(patches, generator)]

    def _coreset(self, patches, generator):
        """Greedily the patch that is farthest from all chosen before."""
        directions = generator.normal(size=(patches.shape[1], PROJECTED))
        points = (patches @ directions).astype("float32")
        chosen = [int(generator.integers(len(points)))]
        nearest = np.full(len(points), np.inf, "float32")
        while len(chosen) < min(self.num_patches, len(points)):
            step = points - points[chosen[-1]]
            distances = np.einsum("pd,pd->p", step, step)
            np.minimum(nearest, distances, out=nearest)
            chosen.append(int(nearest.argmax()))
        return chosen

    def distances(self, features):
        """Distances to the nearest patch kept, `(batch, rows, columns)`."""
        rows = features.reshape(-1, features.shape[-1]) / self.scale
        squares = (rows**2).sum(1)[:, None] + (self.patches**2).sum(1)
        nearest = (squares - 2.0 * rows @ self.patches.T).min(1)
        return np.sqrt(np.maximum(nearest, 0.0)).reshape(features.shape[:3])
