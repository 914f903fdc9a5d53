"""What a user can get wrong about keraslint itself."""


class UsageError(Exception):
    """Wrong use or configuration; the message says what is wrong in one line."""
