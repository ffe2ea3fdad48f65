"""Settings of TensorFlow's sessions."""

import tensorflow as tf


def session_config(intra_op_threads=0, inter_op_threads=0):
    """Returns the `tf.compat.v1.ConfigProto` of a server.

    Args:
        intra_op_threads: int, threads of one operation; 0 leaves it to
            TensorFlow.
        inter_op_threads: int, operations at once; 0 likewise.
    """
    config = tf.compat.v1.ConfigProto(
        intra_op_parallelism_threads=intra_op_threads,
        inter_op_parallelism_threads=inter_op_threads,
    )
    # Several models share a GPU, and others may need it too.
    config.gpu_options.allow_growth = True
    return config
