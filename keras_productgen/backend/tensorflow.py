import tensorflow as tf
from keras import ops

from keras_productgen.backend import plain_adam
from keras_productgen.backend import tensorflow_convolution
from keras_productgen.backend.tensorflow_convolution import on_cpu
from keras_productgen.backend.wide_convolution import is_wide
from keras_productgen.backend.wide_convolution import is_wide_transpose

# `tf.nn.moments` stops the gradient of the mean: right to first order only.
EXACT_SECOND_DERIVATIVES_OF_MOMENTS = False
# The weights and the optimizer of each `gradient_step` under way.
_steps = []


def stateful_step(step):
    return step


def gradient_step(loss_fn, weights, optimizer):
    values = [w.value for w in weights]
    _steps.append((values, optimizer))
    try:
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch(values)
            loss = loss_fn()
            scaled_loss = optimizer.scale_loss(loss)
    finally:
        _steps.pop()
    gradients = tape.gradient(
        scaled_loss, values, unconnected_gradients=tf.UnconnectedGradients.ZERO
    )
    distributed = tf.distribute.has_strategy()
    if plain_adam.is_plain_adam(optimizer, weights) and not distributed:
        _apply_adam(optimizer, gradients, weights)
    else:
        optimizer.apply(gradients, weights)
    return loss


def _apply_adam(optimizer, gradients, weights):
    """`keras.optimizers.Adam.apply` in one pass over each weight, not ten."""
    step = tf.cast(optimizer.iterations.value, tf.float32) + 1.0
    beta_1, beta_2 = optimizer.beta_1, optimizer.beta_2
    beta_1_power, beta_2_power = beta_1**step, beta_2**step
    for gradient, weight, first, second in zip(
        gradients, weights, *plain_adam.moments(optimizer, weights)
    ):
        tf.raw_ops.ResourceApplyAdam(
            var=weight.value.handle,
            m=first.value.handle,
            v=second.value.handle,
            beta1_power=beta_1_power,
            beta2_power=beta_2_power,
            lr=tf.cast(optimizer.learning_rate, tf.float32),
            beta1=beta_1,
            beta2=beta_2,
            epsilon=optimizer.epsilon,
            grad=gradient,
        )
    optimizer.iterations.assign_add(1)


def weight_gradients(loss_fn, weights, variables):
    values = [w.value for w in weights]
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(values)
        loss = loss_fn()
    gradients = tape.gradient(
        loss, values, unconnected_gradients=tf.UnconnectedGradients.ZERO
    )
    return loss, gradients


def step_function(model):
    return model.train_step


def input_gradient(fn, inputs):
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(inputs)
        outputs = fn(inputs)
    return tape.gradient(outputs, inputs)


def where_due(due, fn):
    if not _steps:
        return tf.cond(due, lambda: tf.cast(fn(), "float32"), lambda: 0.0)
    weights, optimizer = _steps[-1]
    scale = optimizer.scale_loss(tf.ones(()))

    # The gradient is taken inside the branch. From outside, TensorFlow loses
    # parts of the second derivatives of fused kernels, and makes every tensor
    # on the way a result of the branch, which XLA refuses.
    def now():
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch(weights)
            value = tf.cast(fn(), "float32")
            scaled_value = value * scale
        return value, tape.gradient(
            scaled_value,
            weights,
            unconnected_gradients=tf.UnconnectedGradients.ZERO,
        )

    def later():
        return 0.0, [tf.zeros(w.shape, w.dtype) for w in weights]

    value, gradients = tf.cond(due, now, later)

    @tf.custom_gradient
    def with_gradients(value, *weights):
        def pull_back(upstream):
            factor = upstream / scale
            return None, *(factor * gradient for gradient in gradients)

        return tf.identity(value), pull_back

    return with_gradients(value, *(tf.convert_to_tensor(w) for w in weights))


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


def squared_difference(x, y):
    return tf.math.squared_difference(x, y)


def conv2d(inputs, kernel, strides, padding):
    if on_cpu() and is_wide(inputs.shape, kernel.shape, strides):
        # Outside of graphs a custom gradient takes no variable.
        kernel = tf.convert_to_tensor(kernel)
        return tensorflow_convolution.conv2d(inputs, kernel, strides[0])
    return ops.conv(inputs, kernel, strides=strides, padding=padding)


def conv2d_transpose(inputs, kernel, strides, padding):
    if on_cpu() and is_wide_transpose(inputs.shape, kernel.shape, strides):
        kernel = tf.convert_to_tensor(kernel)
        return tensorflow_convolution.conv2d_transpose(
            inputs, kernel, strides[0]
        )
    return ops.conv_transpose(inputs, kernel, strides=strides, padding=padding)
