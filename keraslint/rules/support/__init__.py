"""What rules about the text of a module need; it imports the parser, which rules do not."""
