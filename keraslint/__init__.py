"""Knows every tensor shape in Keras model code without running it."""

__version__ = "0.1.0"
