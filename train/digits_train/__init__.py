"""Fitting Keras networks on handwritten digits."""
