"""The text of a PDF, taken out in a process of its own: what a hostile file costs is bounded from outside, in time and memory."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass

from sayso.articles.encoding import clean
from sayso.errors import UnreadableError

# By the clock and on the processor: a busy machine is no fault of the file.
_SECONDS = 60.0
_PROCESSOR_SECONDS = 20
_MEMORY = 1_000_000_000
_MOST_PAGES = 300
_MOST_CHARACTERS = 5_000_000
_HYPHEN = re.compile(r"(?<=[a-z])[-\u00ad]\n(?=[a-z])")
_PAGE_NUMBER = re.compile(r"\s*(?:page )?\d{1,4}(?: ?(?:/|of) ?\d{1,4})?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PdfText:
    """The text of a PDF, a blank line between pages, and its title where its first page bears it out."""

    text: str
    title: str | None = None


def is_pdf(data: bytes) -> bool:
    """Whether this is a PDF."""
    return data[:1024].lstrip().startswith(b"%PDF-")


def read_pdf(data: bytes, *, seconds: float = _SECONDS) -> PdfText:
    """The words of a PDF in reading order; UnreadableError where there are none or it takes too long."""
    try:
        # -P: nothing that lies in the caller's folder is loaded.
        run = subprocess.run(
            [sys.executable, "-P", "-m", __name__], input=data, capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        raise UnreadableError(f"a PDF that takes longer than {seconds:g} seconds to open; give its text") from None
    if run.returncode < 0:
        raise UnreadableError("a PDF that takes too long to open; give its text")
    try:
        told = json.loads(run.stdout)
    except ValueError:
        raise UnreadableError("a PDF that cannot be opened; save it again, or give its text") from None
    if "problem" in told:
        raise UnreadableError(str(told["problem"]))
    text = _joined([clean(str(page)) for page in told["pages"]])
    if not text:
        raise UnreadableError("a PDF without text, only pictures of pages; run text recognition on it first")
    return PdfText(text, _title(told["title"], text))


def _joined(pages: list[str]) -> str:
    """Pages as running text: page numbers and repeated running heads off, words that were divided made whole."""
    lines = [[" ".join(line.split()) for line in page.splitlines()] for page in pages]
    heads = {line[0] for line in lines if line} | {line[-1] for line in lines if line}
    running = {
        line for line in heads if line and len(lines) > 2 and sum(line in page for page in lines) > len(lines) // 2
    }
    kept = ("\n".join(_without(page, running)).strip("\n") for page in lines)
    return _HYPHEN.sub("", "\n\n".join(page for page in kept if page.strip()))


def _without(page: list[str], running: set[str]) -> list[str]:
    last = len(page) - 1
    return [
        line
        for place, line in enumerate(page)
        if line not in running and not (place in (0, last) and _PAGE_NUMBER.fullmatch(line))
    ]


def _title(title: object, text: str) -> str | None:
    # Titles in PDFs are often a file's name or a template's.
    words = " ".join(clean(title).split()) if isinstance(title, str) else ""
    return words if len(words.split()) >= 3 and words.casefold() in " ".join(text[:2_000].split()).casefold() else None


def _bound() -> None:
    """Let this process have no more memory or time than a PDF may cost (where the system can)."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_PROCESSOR_SECONDS, _PROCESSOR_SECONDS + 1))


def _told(data: bytes) -> dict[str, object]:
    """What a PDF says, as plain JSON; a problem in one line where it says nothing."""
    import io
    import logging

    import pypdf

    logging.disable(logging.CRITICAL)
    reader = pypdf.PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        return {"problem": "a PDF locked with a password; save it without one"}
    if len(reader.pages) > _MOST_PAGES:
        return {"problem": f"a PDF of more than {_MOST_PAGES} pages; give the pages that report"}
    pages: list[str] = []
    for page in reader.pages:
        pages.append(page.extract_text())
        if sum(map(len, pages)) > _MOST_CHARACTERS:
            return {"problem": "a PDF with more text than any article has; give the pages that report"}
    return {"pages": pages, "title": reader.metadata.title if reader.metadata else None}


def _main() -> None:
    _bound()
    try:
        told = _told(sys.stdin.buffer.read())
    except Exception:  # whatever the library meets in a hostile file is one thing to the reader
        told = {"problem": "a PDF that cannot be opened; save it again, or give its text"}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    _main()
