import tensorflow as tf
from keras import ops

# `tf.nn.moments` stops the gradient of the mean: right to first order only.
EXACT_SECOND_DERIVATIVES_OF_MOMENTS = False


def stateful_step(step):
    return step


def gradient_step(loss_fn, weights, optimizer):
    values = [w.value for w in weights]
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(values)
        loss = loss_fn()
        scaled_loss = optimizer.scale_loss(loss)
    gradients = tape.gradient(
        scaled_loss, values, unconnected_gradients=tf.UnconnectedGradients.ZERO
    )
    optimizer.apply(gradients, weights)
    return loss


def input_gradient(fn, inputs):
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(inputs)
        outputs = fn(inputs)
    return tape.gradient(outputs, inputs)


def batch_normalization(inputs, scale, offset, epsilon):
    outputs, mean, variance, *_ = tf.raw_ops.FusedBatchNormV3(
        x=inputs,
        scale=scale,
        offset=offset,
        mean=[],
        variance=[],
        epsilon=epsilon,
        is_training=True,
    )
    # The kernel divides by one less than the number of values.
    count = tf.cast(tf.size(inputs) // tf.shape(inputs)[-1], variance.dtype)
    return outputs, mean, variance * ((count - 1.0) / count)


def conv2d_transpose(inputs, kernel, strides, padding):
    return ops.conv_transpose(inputs, kernel, strides=strides, padding=padding)
