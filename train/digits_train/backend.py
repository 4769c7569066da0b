"""TensorFlow as every program here wants it: without its chatter, and with two threads an operation."""

import os
from contextlib import nullcontext

from digits_edge.quiet import quiet_stderr


def load_tensorflow() -> None:
    """Call before anything else imports TensorFlow. Its errors still come: as exceptions.

    Who sets TF_CPP_MIN_LOG_LEVEL=0 hears it all, and who sets TF_NUM_INTRAOP_THREADS has as many.
    """
    import digits_edge.opencv  # noqa: F401  (Keras loads cv2, which reads its limits only while it loads)

    os.environ["KERAS_BACKEND"] = "tensorflow"  # the only one that converts to TensorFlow Lite
    # Weights hang on how many there are: so as many on every machine; more gain networks this small nothing.
    os.environ.setdefault("TF_NUM_INTRAOP_THREADS", "2")
    chatter = os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3") == "0"
    with nullcontext() if chatter else quiet_stderr():  # it announces oneDNN and missing GPUs at any level
        import tensorflow  # noqa: F401, I001  (before Keras, so that the error of a lack names it)
        import keras
    # What a user's ~/.keras/keras.json may say otherwise, and no network here is made for.
    keras.config.set_image_data_format("channels_last")
    keras.config.set_floatx("float32")
