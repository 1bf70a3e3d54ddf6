"""Where a large file goes while it comes in: a closed folder of the spool, never the machine's shared /tmp."""

import tempfile
from typing import Any

from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler

from .spool import incoming


class IncomingFile(TemporaryUploadedFile):
    """The library's, in our folder. The file is made with mode 0600 and is gone when the request has ended."""

    def __init__(
        self, name: str, content_type: str, size: int, charset: str, content_type_extra: dict[str, Any] | None = None
    ) -> None:
        # The request closes it, and with that it is gone.
        file = tempfile.NamedTemporaryFile(suffix=".upload", dir=incoming())  # noqa: SIM115
        UploadedFile.__init__(self, file, name, content_type, size, charset, content_type_extra)


class SpoolUploadHandler(TemporaryFileUploadHandler):
    """Streams each file to the spool's folder for what is coming in."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        FileUploadHandler.new_file(self, *args, **kwargs)
        self.file = IncomingFile(
            self.file_name or "", self.content_type or "", 0, self.charset or "", self.content_type_extra
        )
