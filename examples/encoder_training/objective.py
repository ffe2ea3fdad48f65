"""What the network must tell: one small head for each thing."""

import keras
from keras import layers

from encoder_training.batches import LAYOUT
from encoder_training.damage import KINDS
from keras_productgen.losses import NTXentLoss

LOSSES = {
    "views": NTXentLoss(temperature=0.2),
    "quarters": keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    "layout": "mse",
    "damage": "mse",
}
WEIGHTS = {"views": 1.0, "quarters": 1.0, "layout": 10.0, "damage": 20.0}


def with_heads(encoder, num_steps, learning_rate=2e-3):
    """The encoder with its heads, compiled for so many steps.

    The heads of turns, colours and damage are linear: what they need must stand
    in the features. The contrastive one has a hidden layer, which may throw
    away what views of one picture do not share; the features keep it.
    """
    features = encoder.output
    hidden = layers.Dense(128, use_bias=False)(features)
    hidden = layers.ReLU()(layers.BatchNormalization()(hidden))
    outputs = {
        "views": layers.Dense(64, name="views")(hidden),
        "quarters": layers.Dense(4, name="quarters")(features),
        "layout": layers.Dense(3 * LAYOUT**2, name="layout")(features),
        "damage": layers.Dense(len(KINDS), name="damage")(features),
    }
    model = keras.Model(encoder.input, outputs)
    schedule = keras.optimizers.schedules.CosineDecay(
        0.0, num_steps, warmup_target=learning_rate, warmup_steps=200
    )
    model.compile(
        keras.optimizers.AdamW(schedule, weight_decay=1e-4),
        loss=LOSSES,
        loss_weights=WEIGHTS,
        metrics={"quarters": "accuracy"},
        jit_compile=False,
    )
    return model
