"""One error tree; every error carries a Chinese sentence and the way out.

* ZipingError             has a Chinese ``message`` and a ``hint`` (what the user can do now)
  x CatalogueError        config/ or prompts/ is wrong: names file, key and cure
  x InputError            the user's file or argument cannot be used
    + NewerFormat           a case of a newer program: it is whole, this program is too old
  x StoreError            saving or reading failed; the case in memory is safe
  x ExchangeError         a document cannot be read or written
  x DraftingError         the language model did not help; the form still works
    + DraftingUnavailable   worth trying again (timeout, 429, 5xx)
    + DraftingRefused       not worth trying again (401, bad address)
"""

from __future__ import annotations


class ZipingError(Exception):
    """Anything the user can be told about: *message* says what is wrong, *hint* the way out."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        """Return the one line shown to the user."""
        return f"{self.message}{self.hint}" if self.hint else self.message


class CatalogueError(ZipingError):
    """A file under ``config/`` or ``prompts/`` is wrong."""


class InputError(ZipingError):
    """A file or an argument given by the user cannot be used."""


class NewerFormat(InputError):
    """A case file of a newer program: nothing is wrong with it."""


class StoreError(ZipingError):
    """The disk refused; what is in memory is safe."""


class ExchangeError(ZipingError):
    """A document cannot be read as a form, or not be written."""


class DraftingError(ZipingError):
    """The language model did not help; everything else goes on."""


class DraftingUnavailable(DraftingError):
    """The service is busy or out of reach: worth trying again."""


class DraftingRefused(DraftingError):
    """The service said no, or the settings are wrong: trying again would not help."""
