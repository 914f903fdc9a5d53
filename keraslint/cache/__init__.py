"""What was found before, as long as what it rests on is the same."""
