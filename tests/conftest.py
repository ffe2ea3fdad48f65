import keras
import pytest

if keras.config.backend() == "tensorflow":
    import tensorflow as tf

    # Sums come out the same every time only on one thread.
    tf.config.threading.set_intra_op_parallelism_threads(1)
elif keras.config.backend() == "torch":
    import torch

    # As many processes as cores test side by side.
    torch.set_num_threads(1)


@pytest.fixture(autouse=True)
def same_start():
    keras.utils.set_random_seed(0)
    yield
    keras.utils.clear_session(free_memory=False)
