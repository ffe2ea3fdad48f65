"""What an adversarial training is told before it starts."""

import keras

from keras_productgen import backend
from keras_productgen.losses import NonSaturatingLoss
from keras_productgen.losses import check_second_derivatives
from keras_productgen.models import ema
from keras_productgen.models import optimizers
from keras_productgen.models.image_model import ImageModel
from keras_productgen.models.stabilizers import Stabilizers
from keras_productgen.models.stabilizers import check_augment
from keras_productgen.models.stabilizers import set_augment


class AdversarialSettings(ImageModel):
    """The two networks of an adversarial training, and `compile`.

    Stands between `AdversarialTraining` and `ImageModel` for the reader's sake
    alone.
    """

    def set_networks(self, generator, discriminator):
        """Takes the two networks, and makes the average of the first."""
        self.generator = generator
        self.ema_generator = ema.average_of(generator)
        self.discriminator = discriminator
        self.built = True

    def further_logs(self):
        """Names of what a family logs beside `d_loss` and `g_loss`."""
        return ()

    def paper_settings(self):
        """Returns the arguments of `compile` that the paper trains with.

        Those that a family does not name are as here.
        """
        return {
            "d_optimizer": keras.optimizers.Adam(2e-4, beta_1=0.5),
            "g_optimizer": keras.optimizers.Adam(2e-4, beta_1=0.5),
            "loss": NonSaturatingLoss(),
            "discriminator_steps": 1,
            "ema_decay": 0.999,
            "global_clipnorm": 0.0,
            "weight_clip": 0.0,
            "r1_weight": 0.0,
            "r2_weight": 0.0,
            "gradient_penalty_weight": 0.0,
            "penalty_interval": 1,
            "instance_noise": 0.0,
            "augment": False,
        }

    def compile(
        self,
        d_optimizer=None,
        g_optimizer=None,
        loss=None,
        discriminator_steps=None,
        ema_decay=None,
        global_clipnorm=None,
        weight_clip=None,
        r1_weight=None,
        r2_weight=None,
        gradient_penalty_weight=None,
        penalty_interval=None,
        instance_noise=None,
        augment=None,
        run_eagerly=False,
        jit_compile="auto",
        steps_per_execution=1,
    ):
        """Says how the model is trained; what is None is as in its paper.

        Args:
            d_optimizer: optimizer of the discriminator, instance or name.
            g_optimizer: optimizer of the generator, another instance or a
                name. Different learning rates for the two make the two
                time-scale update rule (TTUR).
            loss: `keras_productgen.losses.AdversarialLoss`.
            discriminator_steps: int, steps of the discriminator for one of the
                generator. A batch is cut into as many parts.
            ema_decay: float from 0 to 1, of the average of the generator's
                weights that makes the pictures; 0 for no average.
            global_clipnorm: float, limit of the norm of the gradients of a
                network; 0 for none.
            weight_clip: float, the largest magnitude of a weight of the
                discriminator; 0 for none.
            r1_weight: float, weight of the discriminator's mean squared slope
                at real images, which the paper calls gamma / 2.
            r2_weight: float, the same at fake images.
            gradient_penalty_weight: float, weight of the squared deviation of
                the slope from 1 between real and fake images.
            penalty_interval: int, the discriminator's steps from one penalty on
                its slope to the next, which then counts as many times.
            instance_noise: float, deviation of the noise on all images that
                the discriminator sees, on the scale of `[-1, 1]`; or a
                `keras.optimizers.schedules.LearningRateSchedule` of it.
            augment: layer through which the discriminator sees all images, such
                as `keras_productgen.augmentation.DiffAugment`; False for none.
            run_eagerly, jit_compile, steps_per_execution: as in
                `keras.Model.compile`.

        Raises:
            ValueError: if one optimizer is given for both networks, a number
                is out of its range, or the discriminator has layers that cannot
                stand under a penalty on its slope.
        """
        given = dict(
            d_optimizer=d_optimizer,
            g_optimizer=g_optimizer,
            loss=loss,
            discriminator_steps=discriminator_steps,
            ema_decay=ema_decay,
            global_clipnorm=global_clipnorm,
            weight_clip=weight_clip,
            r1_weight=r1_weight,
            r2_weight=r2_weight,
            gradient_penalty_weight=gradient_penalty_weight,
            penalty_interval=penalty_interval,
            instance_noise=instance_noise,
            augment=augment,
        )
        optimizers.check_different(d_optimizer, g_optimizer)
        given = {k: value for k, value in given.items() if value is not None}
        settings = {**self.paper_settings(), **given}
        stabilizers = Stabilizers(
            **{name: settings[name] for name in Stabilizers.NAMES}
        )
        optimizers.check_settings(settings)
        check_augment(settings["augment"], settings["loss"])
        super().compile(
            optimizer=None,
            run_eagerly=run_eagerly,
            jit_compile=jit_compile,
            steps_per_execution=steps_per_execution,
        )
        self._loss_tracker = None  # Keras would log its own `loss`, always 0.
        self.adversarial_loss = settings["loss"]
        self.discriminator_steps = settings["discriminator_steps"]
        self.ema_decay = settings["ema_decay"]
        self.global_clipnorm = settings["global_clipnorm"]
        set_augment(self, settings["augment"])
        self.stabilizers = stabilizers
        if stabilizers.penalize:
            check_second_derivatives(self.discriminator)
        self._set_optimizers(settings)
        self._set_trackers()

    def _set_optimizers(self, settings):
        networks = {
            "d_optimizer": self.discriminator,
            "g_optimizer": self.generator,
        }
        for name, network in networks.items():
            optimizer = optimizers.prepared(
                settings[name],
                network.trainable_weights,
                name=name,
                global_clipnorm=settings["global_clipnorm"] or None,
                scale_loss=self.dtype_policy.name == "mixed_float16",
            )
            setattr(self, name, optimizer)
        self.optimizer = backend.OptimizerGroup(
            self.d_optimizer, self.g_optimizer
        )

    def _set_trackers(self):
        self.logged = ["d_loss", "g_loss", *self.further_logs()]
        if hasattr(self.augment, "observe"):
            self.logged.append("augment_probability")
        if self.adversarial_loss.threshold is not None:
            self.logged += ["d_real_accuracy", "d_fake_accuracy"]
        for name in self.logged:
            if not hasattr(self, f"{name}_tracker"):
                tracker = keras.metrics.Mean(name=name)
                setattr(self, f"{name}_tracker", tracker)

    def compile_settings(self):
        return {
            "d_optimizer": self.d_optimizer,
            "g_optimizer": self.g_optimizer,
            "loss": self.adversarial_loss,
            "discriminator_steps": self.discriminator_steps,
            "ema_decay": self.ema_decay,
            "global_clipnorm": self.global_clipnorm,
            "augment": self.augment,
            **self.stabilizers.get_config(),
            "run_eagerly": self.run_eagerly,
            "steps_per_execution": self.steps_per_execution,
        }
