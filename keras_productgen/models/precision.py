import contextlib

import keras


@contextlib.contextmanager
def precision(dtype):
    """The layers made inside get the dtype policy `dtype`.

    Args:
        dtype: name or config of a policy, such as `"mixed_bfloat16"`, a
            `keras.dtype_policies.DTypePolicy`, or None for Keras' own setting.
    """
    before = keras.config.dtype_policy()
    if dtype is not None:
        keras.config.set_dtype_policy(keras.dtype_policies.get(dtype))
    try:
        yield
    finally:
        keras.config.set_dtype_policy(before)
