"""What goes wrong with a document, as a documented code and one clear line."""

import errno


class ParseError(Exception):
    """A document that cannot be read.

    Args:
        code: one of the codes in ``CODES``.
        message: what is wrong and what to do, in one line, without the file's name.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


CODES = {
    "empty_file": "the file holds no bytes",
    "unsupported": "no parser for this kind of file",
    "wrong_format": "the content is not what the file's name says",
    "damaged": "the file cannot be read as what it says it is",
    "encrypted": "the file needs a password that was not given",
    "unreadable": "the file could not be opened (permissions, not a regular file)",
    "limit": "the file exceeds a limit of size, pages or time",
    "internal": "a fault of the program on this file",
    "crashed": "the parser died on the file",
}
"""The codes of ``Document.error``."""


def out_of_memory(problem: Exception) -> bool:
    """Say whether memory ran out where Python does not say so: a library could not be loaded, a process not started."""
    if isinstance(problem, ImportError):
        return any(told in str(problem) for told in ("map segment", "allocate memory"))
    return isinstance(problem, OSError) and problem.errno == errno.ENOMEM
