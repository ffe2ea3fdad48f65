"""How a FeatureGAN learns: to draw again, to change, and to make anew."""

import keras
from keras import ops

from keras_productgen.models.feature_gan.adapting import FeatureAdapting
from keras_productgen.models.feature_gan.checks import jit_compile_with
from keras_productgen.models.networks import check_not_negative


class FeatureTraining(FeatureAdapting):
    """The losses of `FeatureGAN`, and what `compile` says of them.

    The latents of a batch come from three sources. Some rows are to be drawn
    again: own latents, own conditions. Some have the conditions of another
    picture, some latents that were drawn. Of all of them the picture must have
    the features that were asked for; those of the first kind must also be the
    picture itself.
    """

    def compile(
        self,
        *args,
        l1_weight=10.0,
        feature_weight=1.0,
        exchanged_share=0.25,
        drawn_share=0.25,
        jit_compile="auto",
        **kwargs,
    ):
        """Says how the model is trained.

        Args:
            *args: as in `AdversarialModel.compile`.
            l1_weight: float, weight of the mean absolute difference between
                pictures and what is drawn of their features, both in `[-1, 1]`.
            feature_weight: float, weight of the mean absolute difference
                between the features that were asked for and those of what was
                made, in standard deviations of each.
            exchanged_share: float from 0 to 1, the part of a batch that gets
                the conditions of other pictures; without conditions it is
                drawn again.
            drawn_share: float from 0 to 1, the part of a batch whose latents
                are drawn, as `generate` draws them. Both together are below 1.
            jit_compile: as in `keras.Model.compile`. On TensorFlow "auto" is
                False with an encoder that resizes its pictures, as the one
                that ships does, and True is refused.
            **kwargs: as in `AdversarialModel.compile`.

        Raises:
            ValueError: if a number is out of its range, or as in
                `AdversarialModel.compile`.
        """
        given = dict(
            l1_weight=l1_weight,
            feature_weight=feature_weight,
            exchanged_share=exchanged_share,
            drawn_share=drawn_share,
        )
        _check_settings(given)
        for name, value in given.items():
            setattr(self, name, value)
        jit_compile = jit_compile_with(self.encoder, jit_compile)
        super().compile(*args, jit_compile=jit_compile, **kwargs)

    def compile_settings(self):
        return {
            **super().compile_settings(),
            "l1_weight": self.l1_weight,
            "feature_weight": self.feature_weight,
            "exchanged_share": self.exchanged_share,
            "drawn_share": self.drawn_share,
        }

    def paper_settings(self):
        return {
            **super().paper_settings(),
            "g_optimizer": keras.optimizers.Adam(1e-3, beta_1=0.5),
        }

    def further_logs(self):
        return (*super().further_logs(), "l1_loss", "feature_loss")

    def draw_inputs(self, images, conditions):
        count = ops.shape(images)[0]
        places = ops.arange(count, dtype="float32")
        first = self.drawn_share * ops.cast(count, "float32")
        second = first + self.exchanged_share * ops.cast(count, "float32")
        is_drawn = places + 1.0 <= first
        is_exchanged = ops.logical_and(~is_drawn, places + 1.0 <= second)
        if not self.condition_names():
            is_exchanged = ops.zeros_like(is_exchanged)
        latents = self.space.latents(self.standard_features(images))
        noise = keras.random.normal(
            (count, self.latent_dim), seed=self.seed_generator
        )
        latents = ops.where(is_drawn[:, None], noise, latents)
        return {
            "latents": ops.stop_gradient(latents),
            "conditions": self._exchanged(conditions, is_exchanged),
            "is_own": ~ops.logical_or(is_drawn, is_exchanged),
        }

    def _exchanged(self, conditions, is_exchanged):
        """Gives some rows the conditions of the row before them."""
        exchanged = {}
        for name in self.condition_names():
            rows = conditions[name]
            chosen = ops.reshape(is_exchanged, (-1, *[1] * (rows.ndim - 1)))
            exchanged[name] = ops.where(chosen, ops.roll(rows, 1, axis=0), rows)
        return exchanged

    def fake_conditions(self, batch):
        return batch.inputs["conditions"]

    def fake_images(self, batch, training):
        features = self.expected_features(
            batch.inputs["latents"], batch.inputs["conditions"]
        )
        conditions = batch.inputs["conditions"]
        inputs = self.with_conditions("latents", features, conditions)
        return self.generator(inputs, training=training)

    def generator_loss(self, fake_images, batch, training):
        loss = super().generator_loss(fake_images, batch, training)
        l1_loss = _mean_of(
            ops.mean(ops.abs(batch.images - fake_images), axis=(1, 2, 3)),
            batch.inputs["is_own"],
        )
        feature_loss = self._feature_loss(fake_images, batch.inputs)
        self.log("l1_loss", l1_loss)
        self.log("feature_loss", feature_loss)
        return (
            loss + self.l1_weight * l1_loss + self.feature_weight * feature_loss
        )

    def _feature_loss(self, fake_images, inputs):
        expected = self.expected_features(
            inputs["latents"], inputs["conditions"]
        )
        made = self.standard_features(fake_images)
        return ops.mean(ops.abs(made - expected))


def _mean_of(values, chosen):
    """The mean of the values that are chosen, 0 where there are none."""
    chosen = ops.cast(chosen, values.dtype)
    return ops.sum(values * chosen) / ops.maximum(ops.sum(chosen), 1.0)


def _check_settings(settings):
    check_not_negative(**settings)
    drawn, exchanged = settings["drawn_share"], settings["exchanged_share"]
    if drawn + exchanged >= 1.0:
        raise ValueError(
            "`exchanged_share` and `drawn_share` must be below 1 together, to "
            "leave pictures that are drawn again. Received: "
            f"exchanged_share={exchanged}, drawn_share={drawn}"
        )
