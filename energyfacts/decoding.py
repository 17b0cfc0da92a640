"""From bytes to text: what decodes without doubt is decoded, the rest is refused rather than guessed."""

from __future__ import annotations

import codecs
import io
import re
from dataclasses import dataclass
from typing import IO, TextIO, cast

from energyfacts.errors import EnergyFactsError

# The mark of UTF-32 begins with that of UTF-16, so it is looked for first.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes, where: str) -> str:
    r"""Return the text of some bytes: UTF-8, UTF-16 or UTF-32 by its byte order mark, else Windows-1252 (or Latin-1).

    Parameters
    ----------
    data : bytes
    where : str
        Names the bytes in an error.

    Returns
    -------
    str
        With ``\n`` as the only line end and without a byte order mark.

    Raises
    ------
    EnergyFactsError
        The bytes are no text, or are UTF-8 with damaged places.

    Examples
    --------
    >>> decode("caf\u00e9".encode("latin-1"), "menu.txt")
    'café'
    """
    text = _decode_marked(data, where)
    if text is None:
        text = _decode_unmarked(data, where)
    _check_controls(text, where)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _check_controls(text: str, where: str) -> None:
    # Control characters are what tells pictures, archives and PDF from text; a stray one happens in copied text.
    controls = len(re.findall(r"[\x01-\x08\x0e-\x1a\x1c-\x1f]", text))
    if "\0" in text or controls * 100 > len(text):
        raise no_text(where)


def no_text(where: str) -> EnergyFactsError:
    """Return the error for bytes that are no text."""
    return EnergyFactsError(f"{where} holds bytes that are no text; give it as UTF-8 text, HTML or a table.")


def _decode_marked(data: bytes, where: str) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise no_text(where) from error
    return None


def _decode_unmarked(data: bytes, where: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        damaged = error.start
    replaced = data.decode("utf-8", "replace")
    bad = replaced.count("\ufffd")
    good = sum(1 for character in replaced if character > "\x7f") - bad
    if good > bad:
        raise EnergyFactsError(
            f"{where} is UTF-8 with damaged bytes (the first is byte {damaged}); save it again whole."
        )
    plain = sum(1 for byte in data if 0x20 <= byte < 0x7F or byte in b"\t\r\n")
    if plain * 10 < len(data) * 7:
        raise no_text(where)
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise no_text(where) from error


def decode_page(data: bytes, where: str) -> str:
    """Return the text of a web page's bytes, in the encoding that it declares where that is true."""
    declared = re.search(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]+)", data[:4096], re.IGNORECASE)
    if declared and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return decode(data.decode(declared[1].decode("ascii")).encode(), where)
        except (LookupError, UnicodeError):
            pass  # Pages often declare what they are not; the bytes decide then.
    return decode(data, where)


@dataclass(frozen=True, slots=True)
class TextStream:
    """The text of a stream as it is read, not decoded at once: bytes that are no UTF-8 wait in it for `cell`.

    Attributes
    ----------
    lines : text stream
        Undecodable bytes stand in it as lone surrogates.
    is_utf_8 : bool
        The beginning shows that the whole is UTF-8, so that other bytes are damage, not Windows-1252.
    """

    lines: TextIO
    is_utf_8: bool

    def cell(self, text: str, where: str) -> str:
        """Return a part of the lines with its waiting bytes decoded, or raise an `EnergyFactsError`."""
        if "\0" in text:
            raise no_text(where)
        try:
            text.encode()
        except UnicodeEncodeError:
            if self.is_utf_8:
                raise EnergyFactsError(f"{where} is UTF-8 with damaged bytes; save it again whole.") from None
            return decode(text.encode("utf-8", "surrogateescape"), where)
        return text


HEAD_BYTES = 1 << 20


def open_text(stream: IO[bytes], where: str) -> TextStream:
    r"""Decode a stream as it is read, for files of any size.

    Raises
    ------
    EnergyFactsError
        Its beginning is no text.

    Examples
    --------
    >>> open_text(io.BytesIO(b"text\r\nOil"), "a.csv").lines.read()
    'text\nOil'
    """
    buffered = io.BufferedReader(cast("io.RawIOBase", stream), HEAD_BYTES)
    head = buffered.peek(HEAD_BYTES)
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            errors = "surrogateescape" if encoding == "utf-8-sig" else "strict"
            return TextStream(io.TextIOWrapper(buffered, encoding, errors), is_utf_8=True)
    # The end of the head may cut a character in two.
    text = head[: head.rfind(b"\n") + 1 or None].decode("utf-8", "surrogateescape")
    _check_controls(text, where)
    foreign = len(re.findall("[\udc80-\udcff]", text))
    shown = sum(1 for character in text if character > "\x7f") - foreign
    return TextStream(io.TextIOWrapper(buffered, "utf-8", "surrogateescape"), is_utf_8=shown > foreign)
