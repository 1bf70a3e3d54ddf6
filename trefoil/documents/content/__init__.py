"""What a file is and whether it may be kept, from its name and its bytes. Pure: no Django, no database."""

from .inspection import inspect_file
from .kinds import FileKind
from .names import plain_name
from .refusal import RefusedFileError

__all__ = ["FileKind", "RefusedFileError", "inspect_file", "plain_name"]
