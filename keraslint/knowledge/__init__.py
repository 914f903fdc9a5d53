"""What Keras knows: its names, layers, operations and models."""
