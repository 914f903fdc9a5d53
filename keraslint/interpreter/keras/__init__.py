"""Keras as a program meets it: layers, models, tensors and functions with identity."""
