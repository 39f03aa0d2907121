"""The error that a person can mend: its message names the input, what is wrong and what to do."""


class UserError(Exception):
    """Wrong use or unreadable input; the command line prints the message and exits with status 2."""
