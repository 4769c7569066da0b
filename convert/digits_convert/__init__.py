"""From a Keras network to a .tflite file that carries its own proof."""
