"""The root of the errors that a user can cause and mend. Their messages say what, where and what to do."""


class UserError(Exception):
    """Told as one line on stderr, with this exit status."""

    exit_code = 2
