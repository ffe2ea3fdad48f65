"""How the paper trains: mixed styles, and penalties every few steps."""

import keras
from keras import ops

from keras_productgen import backend
from keras_productgen.models.batch import Batch
from keras_productgen.models.conditioned_gan import ConditionedModel
from keras_productgen.models.image_model import rows_of
from keras_productgen.models.networks import check_not_negative
from keras_productgen.models.networks import check_positive
from keras_productgen.models.networks import check_shares
from keras_productgen.models.stylegan2.path_length import path_length_penalty
from keras_productgen.models.stylegan2.path_length import path_lengths

R1_INTERVAL = 16
PATH_LENGTH_INTERVAL = 4


class StyleGAN2Training(ConditionedModel):
    """The losses of StyleGAN2, and what `compile` says of them."""

    def compile(
        self,
        *args,
        style_mixing=0.9,
        path_length_weight=2.0,
        path_length_interval=PATH_LENGTH_INTERVAL,
        **kwargs,
    ):
        """Says how the model is trained; what is not given is the paper's.

        Args:
            style_mixing: float from 0 to 1, the share of pictures that are
                made of two styles while training.
            path_length_weight: float, weight of the penalty on styles whose
                steps make unequal steps in the picture; 0 for none.
            path_length_interval: int, number of steps of the generator for one
                with that penalty, which counts as many times as much.
            *args, **kwargs: as in `AdversarialModel.compile`.

        Raises:
            ValueError: if a number is out of its range, and as
                `AdversarialModel.compile`.
        """
        check_shares(style_mixing=style_mixing)
        check_not_negative(path_length_weight=path_length_weight)
        check_positive(path_length_interval=path_length_interval)
        super().compile(*args, **kwargs)
        self.style_mixing = style_mixing
        self.path_length_weight = path_length_weight
        self.path_length_interval = path_length_interval

    def compile_settings(self):
        return {
            **super().compile_settings(),
            "style_mixing": self.style_mixing,
            "path_length_weight": self.path_length_weight,
            "path_length_interval": self.path_length_interval,
        }

    def paper_settings(self):
        # The weight of R1 is gamma / 2; the later paper (appendix C) has a
        # gamma for every size of pictures and batches, here of 32.
        gamma = 0.0002 * self.image_size**2 / 32
        return {
            **super().paper_settings(),
            "d_optimizer": _lazy_adam(R1_INTERVAL),
            "g_optimizer": _lazy_adam(PATH_LENGTH_INTERVAL),
            "r1_weight": gamma / 2,
            "penalty_interval": R1_INTERVAL,
            "ema_decay": 0.998,
        }

    def set_networks(self, generator, discriminator):
        self.mean_path_length = self.add_weight(
            (), "zeros", dtype="float32", trainable=False, name="path_length"
        )
        super().set_networks(generator, discriminator)

    def further_logs(self):
        return (*super().further_logs(), "path_length")

    def styles(self, batch, training):
        """Returns a style for each layer, in training mixed of two."""
        conditions = batch.conditions
        inputs = self.with_conditions("latents", batch.inputs, conditions)
        if not training or not self.style_mixing:
            return self._map(inputs, training)
        latents = self.draw_inputs(batch.inputs, conditions)
        others = self.with_conditions("latents", latents, conditions)
        both = keras.tree.map_structure(
            lambda *rows: ops.concatenate(rows), inputs, others
        )
        styles = self._map(both, training)
        count = ops.shape(latents)[0]
        crossovers = keras.random.randint(
            (count, 1), 1, self.num_layers, seed=self.seed_generator
        )
        mixed = keras.random.uniform((count, 1), seed=self.seed_generator)
        from_other = ops.logical_and(
            mixed < self.style_mixing,
            ops.arange(self.num_layers) >= crossovers,
        )
        return ops.where(from_other[..., None], styles[count:], styles[:count])

    def _map(self, inputs, training):
        style = self.generator.get_layer("mapping")(inputs, training=training)
        for_layers = self.generator.get_layer("style_average")
        return for_layers(style, training=training)

    def fake_images(self, batch, training):
        synthesis = self.generator.get_layer("synthesis")
        return synthesis(self.styles(batch, training), training=training)

    def generator_loss(self, fake_images, batch, training):
        loss = super().generator_loss(fake_images, batch, training)
        if training and self.path_length_weight:
            loss = loss + self._lazy_path_length(batch)
        self.log("path_length", self.mean_path_length)
        return loss

    def _lazy_path_length(self, batch):
        interval = self.path_length_interval
        due = ops.equal(ops.mod(self.g_optimizer.iterations, interval), 0)
        penalty = backend.where_due(due, lambda: self._path_length(batch))
        return self.path_length_weight * interval * penalty

    def _path_length(self, batch):
        # Half of the batch, as the paper does, to save memory.
        half = slice((ops.shape(batch.images)[0] + 1) // 2)
        batch = Batch(*(rows_of(part, half) for part in batch))
        noise = keras.random.normal(
            ops.shape(batch.images), seed=self.seed_generator
        )
        synthesis = self.generator.get_layer("synthesis")
        lengths = path_lengths(
            lambda styles: synthesis(styles, training=True),
            self.styles(batch, training=True),
            noise,
        )
        penalty, mean = path_length_penalty(
            lengths, ops.convert_to_tensor(self.mean_path_length)
        )
        self.mean_path_length.assign(ops.stop_gradient(mean))
        return penalty


def _lazy_adam(interval):
    """The paper's Adam where a penalty comes every `interval` steps.

    Appendix B: the authors give the penalty a step of its own, so that there
    are `interval + 1` of them where there were `interval`, and slow down as
    much. Here it is a part of the loss of the step in which it is due; the
    settings are theirs all the same.
    """
    share = interval / (interval + 1)
    return keras.optimizers.Adam(
        0.002 * share, beta_1=0.0, beta_2=0.99**share, epsilon=1e-8
    )
