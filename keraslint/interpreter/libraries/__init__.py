"""What functions of other libraries do: NumPy, TensorFlow, scikit-learn and others."""
