"""Why a file is not taken."""


class RefusedFileError(ValueError):
    """The file is not taken. The message says why and what to do, in words for the screen."""
