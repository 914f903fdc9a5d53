"""The ways in which a statement can end."""

NEXT = 1
RETURN = 2
BREAK = 4
CONTINUE = 8
RAISE = 16
