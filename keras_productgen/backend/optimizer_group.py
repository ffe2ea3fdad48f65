class OptimizerGroup:
    """Several optimizers in the place where `fit()` expects one.

    Keras' learning-rate callbacks and TensorBoard act on each of `optimizers`;
    the JAX trainer carries all their `variables`.

    Args:
        optimizers: built `keras.optimizers.Optimizer` instances. The last one
            counts the iterations.
    """

    built = True

    def __init__(self, *optimizers):
        self.optimizers = optimizers

    @property
    def variables(self):
        return [v for optimizer in self.optimizers for v in optimizer.variables]

    @property
    def iterations(self):
        return self.optimizers[-1].iterations
