"""Functions of Keras that load or prepare data."""
