"""The root of the errors that a user can cause and mend, whose messages say what, where and what to do; and the end of work that was asked to stop."""


class UserError(Exception):
    """Told as one line on stderr, with this exit status."""

    exit_code = 2


class Stopped(Exception):
    """Raised at a safe point by work that was asked to stop; the message says what was left."""
