"""What an operation says when a person may not, or a record does not allow."""


class NotAllowedError(Exception):
    """The person may not do this. The message says why, in words for the screen."""
