"""What Keras's layers take, make of it and refuse; one module per family."""
