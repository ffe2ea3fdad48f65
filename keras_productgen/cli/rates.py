"""The learning rates of a training."""

import typer


def check_decay(decay_epochs, epochs):
    if decay_epochs > epochs:
        raise typer.BadParameter(
            f"must be at most --epochs, {epochs}. Received: {decay_epochs}",
            param_hint="--decay-epochs",
        )


def set_rates(model, generator_rate, discriminator_rate):
    """Sets those that are not None; the others stay the paper's."""
    if generator_rate is not None:
        model.g_optimizer.learning_rate = generator_rate
    if discriminator_rate is not None:
        model.d_optimizer.learning_rate = discriminator_rate


def decay(model, dataset, epochs, decay_epochs):
    """Lets both rates fall to 0 within the last `decay_epochs`, if any."""
    if not decay_epochs:
        return

    from keras_productgen import models

    num_batches = int(dataset.cardinality())
    # The discriminator takes several steps where the generator takes one.
    for optimizer, steps in (
        (model.g_optimizer, 1),
        (model.d_optimizer, model.discriminator_steps),
    ):
        optimizer.learning_rate = models.LinearDecay(
            float(optimizer.learning_rate),
            (epochs - decay_epochs) * num_batches * steps,
            decay_epochs * num_batches * steps,
        )
