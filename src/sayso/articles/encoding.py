"""Bytes into text: byte-order marks, UTF-8, what an HTML page declares, else charset-normalizer's best guess."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from sayso.errors import UnreadableError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"<(?:meta[^>]+charset|\?xml[^>]+encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_NEWLINES = re.compile("\r\n?|[\u0085\u2028\u2029]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_TYPOGRAPHY = frozenset("‘’‚“”„–—…•€£©®™°§«»\u00a0\u00ad")
_CHUNK = 1 << 20


def decoded(data: bytes) -> str:
    """The text of a whole file, line ends made the same; UnreadableError says why there is none."""
    try:
        return clean(data.decode(_encoding(data)))
    except (UnicodeError, LookupError):
        raise _unknown() from None


def encoding_of(path: Path) -> str:
    """The encoding of a file too large to hold, told from a pass over its bytes."""
    utf8 = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        chunk = file.read(_CHUNK)
        if (mark := _mark(chunk)) is not None:
            return mark
        while chunk:
            _check_is_text(chunk)
            try:
                utf8.decode(chunk)
            except UnicodeDecodeError:
                return _guess(chunk)
            chunk = file.read(_CHUNK)
    return "utf-8"


def clean(text: str) -> str:
    """Text with one kind of line end, and nothing in it that no database or file can hold."""
    return _SURROGATES.sub("\ufffd", _NEWLINES.sub("\n", text.replace("\x00", "")))


def _encoding(data: bytes) -> str:
    if (mark := _mark(data)) is not None:
        return mark
    _check_is_text(data)
    # Valid UTF-8 is hardly ever anything else, and saved pages often keep the declaration of an older encoding.
    try:
        data.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        return _declared(data) or _guess(data)


def _mark(data: bytes) -> str | None:
    return next((name for mark, name in _MARKS if data.startswith(mark)), None)


def _check_is_text(data: bytes) -> None:
    head = data[:_CHUNK]
    if b"\0" in data or len(_CONTROLS.findall(head)) > len(head) // 100:
        raise UnreadableError("not text; save the article as .txt, .md or .html")


def _declared(data: bytes) -> str | None:
    """The encoding a page declares, if it fits; browsers read "latin-1" as Windows-1252, so do we."""
    match = _DECLARED.search(data[:4096])
    if match is None:
        return None
    try:
        name = codecs.lookup(match[1].decode("ascii", "replace")).name
        name = "cp1252" if name in ("iso8859-1", "ascii") else name
        data.decode(name)
    except (LookupError, UnicodeError):
        return None
    return name


def _guess(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    # In an English text code pages differ by a handful of bytes, too few to guess by: the Western one is likely.
    if _reads_western(data) and not (best is not None and best.encoding.startswith("mac_")):
        return "cp1252"
    if best is None:
        raise _unknown()
    return best.encoding


def _reads_western(data: bytes) -> bool:
    """Whether what is not ASCII is little, and letters and typography as Windows-1252."""
    foreign = bytes(byte for byte in data if byte > 0x7F)
    try:
        characters = foreign.decode("cp1252")
    except UnicodeDecodeError:
        return False
    return len(foreign) < 0.1 * len(data) and all(c.isalpha() or c in _TYPOGRAPHY for c in characters)


def _unknown() -> UnreadableError:
    return UnreadableError("its character encoding cannot be told; save it as UTF-8")
