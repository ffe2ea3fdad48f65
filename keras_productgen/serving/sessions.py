"""Settings of TensorFlow's sessions."""

import pathlib

import tensorflow as tf
from google.protobuf import text_format


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


def read_session_config(path):
    """Returns the ConfigProto that a file holds as text, and nothing else.

    Raises:
        ValueError: if the file is not such a text.
    """
    config = tf.compat.v1.ConfigProto()
    try:
        return text_format.Parse(pathlib.Path(path).read_text("utf-8"), config)
    except (OSError, UnicodeDecodeError, text_format.ParseError) as error:
        raise ValueError(
            "The file of TensorFlow's session must be a ConfigProto as text: "
            f"{error}. Received: {str(path)!r}"
        ) from error
