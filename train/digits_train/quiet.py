"""TensorFlow without its chatter. Its errors still come: as exceptions."""

import os

from digits_edge.quiet import quiet_stderr


def silence_tensorflow() -> None:
    """Call before anything else imports TensorFlow. Who sets TF_CPP_MIN_LOG_LEVEL=0 hears it all."""
    import digits_edge.opencv  # noqa: F401  (Keras loads cv2, which reads its limits only while it loads)

    os.environ["KERAS_BACKEND"] = "tensorflow"  # the only one that converts to TensorFlow Lite
    if os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3") == "0":
        return
    with quiet_stderr():  # while it loads it announces oneDNN and missing GPUs at any level
        import tensorflow  # noqa: F401
