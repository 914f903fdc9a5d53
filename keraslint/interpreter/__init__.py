"""What Python code does, abstractly: nothing is imported or executed."""
