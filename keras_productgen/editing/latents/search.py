"""The latents of pictures, searched by gradient descent."""

import keras
import numpy as np
from keras import ops

from keras_productgen import backend
from keras_productgen.metrics.perceptual_distance import maps_distance

# Grey levels of noise that count 1, as in `perceptual_distance`.
UNIT = 25.0
SMALLEST = 32


class LatentSearch(keras.Model):
    """Moves codes until the pictures that they make are like the targets.

    A model whose only trainable weights are the codes, and the conditions that
    are free: `fit` takes a step for each row of whatever data it is given.

    Args:
        render: function from codes and a dict of conditions to pictures in
            [-1, 1], `(num_rows, height, width, 3)`.
        generator: `keras.Model` that `render` calls, frozen.
        targets: float32 array of such pictures.
        codes: float32 array `(num_rows, ...)`, where the search starts.
        fixed: dict of arrays, the conditions that stay.
        free: dict of float32 arrays, those that are searched for.
        in_unit: names of the free ones whose values are held from 0 to 1.
        network: `keras_productgen.metrics.PerceptualNetwork`.
        perceptual_weight: float, of the perceptual distance beside the squared
            error of the pixels; noise of 25 grey levels makes 1 of both.
        prior_weight: float, of `unlikeliness`.
    """

    def __init__(
        self,
        render,
        generator,
        targets,
        codes,
        fixed,
        free,
        in_unit,
        network,
        perceptual_weight,
        prior_weight,
    ):
        super().__init__()
        self.render = render
        self.generator = generator
        self.targets = ops.convert_to_tensor(targets)
        self.fixed = {
            name: ops.convert_to_tensor(rows) for name, rows in fixed.items()
        }
        self.in_unit = tuple(in_unit)
        self.perceptual_weight = perceptual_weight
        self.prior_weight = prior_weight
        self.codes = self._searched(codes, "codes")
        self.free = {
            name: self._searched(rows, name) for name, rows in free.items()
        }
        if perceptual_weight:
            self.maps = network.maps
            self.channel_weights = network.weights
            self.target_maps = self._maps(self.targets)
        self.built = True

    def _searched(self, rows, name):
        if name in self.in_unit:
            rows = np.clip(rows, 0.0, 1.0)
        weight = self.add_weight(rows.shape, "zeros", "float32", name=name)
        weight.assign(rows)
        return weight

    def compile(self, optimizer):
        super().compile(optimizer=optimizer)
        self._loss_tracker = None  # Keras would log its own `loss`, always 0.
        self.optimizer.build(self.trainable_weights)

    @backend.stateful_step
    def train_step(self, data):
        # A sum: no row's step depends on how many others there are.
        loss = backend.gradient_step(
            lambda: ops.sum(self.row_losses()),
            self.trainable_weights,
            self.optimizer,
        )
        self._hold()
        return {"loss": loss / len(self.targets)}

    def row_losses(self):
        """How far each picture is from its target, `(num_rows,)`."""
        codes = ops.convert_to_tensor(self.codes)
        pictures = self.render(codes, self.conditions())
        errors = (pictures - self.targets) * (127.5 / UNIT)
        losses = ops.mean(errors**2, axis=(1, 2, 3))
        if self.perceptual_weight:
            distances = maps_distance(
                self.target_maps, self._maps(pictures), self.channel_weights
            )
            losses = losses + self.perceptual_weight * distances
        return losses + self.prior_weight * unlikeliness(codes)

    def _hold(self):
        # The weights themselves: clipped where they are used, one that has
        # gone beyond has no gradient, and never comes back.
        for name in self.in_unit:
            rows = ops.convert_to_tensor(self.free[name])
            self.free[name].assign(ops.clip(rows, 0.0, 1.0))

    def conditions(self):
        """Rows of all conditions, as they are now."""
        free = {
            name: ops.convert_to_tensor(rows)
            for name, rows in self.free.items()
        }
        return {**self.fixed, **free}

    def found(self):
        """Returns codes, conditions and the losses of the rows, in numpy."""
        return tuple(
            keras.tree.map_structure(ops.convert_to_numpy, found)
            for found in (self.codes, self.conditions(), self.row_losses())
        )

    def _maps(self, pictures):
        # The encoder's stages need some pixels to look at.
        times = -(-SMALLEST // pictures.shape[1])
        pictures = ops.repeat(ops.repeat(pictures, times, 1), times, 2)
        return self.maps((pictures + 1.0) * 127.5)


def unlikeliness(codes):
    """How unlike codes are to those that the generator has learned from.

    The mean square of normal latents is about 1; a picture's style is the same
    in all layers.

    Args:
        codes: float tensor, latents `(num, dim)` or styles
            `(num, num_layers, dim)`.

    Returns:
        float tensor `(num,)`: of latents the squared deviation of their mean
        square from 1; of styles their mean variance over the layers.
    """
    if len(codes.shape) == 2:
        return (ops.mean(codes**2, axis=1) - 1.0) ** 2
    return ops.mean(ops.var(codes, axis=1), axis=1)


def descend(search, steps, learning_rate, verbose, callbacks):
    """Takes steps of Adam, whose length falls to 0 as a cosine does."""
    schedule = keras.optimizers.schedules.CosineDecay(learning_rate, steps)
    search.compile(keras.optimizers.Adam(schedule, beta_2=0.99))
    turns, _, _ = backend.checked_data(
        np.zeros((steps, 1), "float32"), None, lambda x, y: None, 1
    )
    search.fit(
        turns, batch_size=1, shuffle=False, verbose=verbose, callbacks=callbacks
    )
