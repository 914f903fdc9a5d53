"""What the functions of ``keras.ops`` and the operators make of tensors, and what they refuse."""
