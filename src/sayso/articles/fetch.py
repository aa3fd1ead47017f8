"""Raw pages from files, folders, tables and standard input, one at a time; what cannot be taken in is named."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Literal

from sayso.articles.encoding import decoded
from sayso.articles.tables import MAX_BYTES, TABLES, Given, content, file_key, given, read_sidecar, rows
from sayso.errors import InputError, UnreadableError
from sayso.records import RawPage, Skipped

__all__ = ["fetch", "read_sidecar"]

Form = Literal["text", "markdown", "html"]

_FORMS: Mapping[str, Form] = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
}
_KINDS = ".txt, .md, .html, .jsonl or .csv"
_FRONT_MATTER = re.compile(r"\s*---[ \t]*\n(?P<facts>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_FACT = re.compile(r"(\w+)\s*:\s*(.*)")
_HTML_HEAD = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype html|html|head|body|article|div|p)\b", re.DOTALL | re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Beside:
    """What was given beside the paths: facts by file, and the table they come from, which is no article itself."""

    facts: Mapping[str, Given] = field(default_factory=dict)
    table: Path | None = None

    def about(self, path: Path, root: Path | None) -> Given:
        """The facts about one file: its path below the folder given beats its path as given beats its bare name."""
        names = [str(path.relative_to(root))] if root is not None else []
        found = (self.facts.get(file_key(name)) for name in (*names, str(path), path.name))
        return next((facts for facts in found if facts is not None), Given())

    def is_table(self, path: Path) -> bool:
        return self.table is not None and path.suffix.lower() in TABLES and path.resolve() == self.table


def fetch(
    paths: Sequence[str | Path], *, metadata: Path | None = None, stdin: BinaryIO | None = None
) -> Iterator[RawPage | Skipped]:
    """Every page under the paths, in order, with the facts given beside it; "-" is standard input.

    A path that does not exist is skipped with the others going on. InputError comes at once, before the first page, where none
    of the paths exists, or for a bad metadata table.
    """
    missing = [path for path in paths if str(path) != "-" and not _exists(Path(path))]
    if missing and len(missing) == len(paths):
        raise InputError(f"no such file or folder: {missing[0]}; check the path")
    beside = _Beside() if metadata is None else _Beside(read_sidecar(metadata), metadata.resolve())
    return _fetch(paths, beside, stdin)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _fetch(paths: Sequence[str | Path], beside: _Beside, stdin: BinaryIO | None) -> Iterator[RawPage | Skipped]:
    for path in map(Path, paths):
        if str(path) == "-":
            yield _standard_input(stdin or sys.stdin.buffer)
        elif not _exists(path):
            yield Skipped(str(path), "no such file or folder; check the path")
        elif path.is_dir():
            yield from _folder(path, beside)
        elif not beside.is_table(path):
            yield from _file(path, beside, root=None)


def _folder(root: Path, beside: _Beside) -> Iterator[RawPage | Skipped]:
    """The articles below a folder; files of other kinds count only where there is nothing else."""
    others: list[str] = []
    told = False
    for path in _walk(root, set()):
        if isinstance(path, Skipped):
            told = True
            yield path
        elif _kind(path) is None or path.stem.lower() == "readme" or beside.is_table(path):
            others.append(path.name)
        else:
            told = True
            yield from _file(path, beside, root=root)
    if not told:
        found = f"only {', '.join(others[:3])}" if others else "it is empty"
        yield Skipped(str(root), f"no article in this folder ({found}); put {_KINDS} files there")


def _walk(folder: Path, seen: set[tuple[int, int]]) -> Iterator[Path | Skipped]:
    """Files below a folder by name, hidden ones left out, each folder once however links lead to it."""
    try:
        status = folder.stat()
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Skipped(str(folder), _cannot_open(error))
        return
    if (status.st_dev, status.st_ino) in seen:
        return
    seen.add((status.st_dev, status.st_ino))
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if _is_folder(entry):
            yield from _walk(folder / entry.name, seen)
        elif entry.is_symlink() or entry.is_file():
            yield folder / entry.name


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        # A link that leads in a circle or nowhere: opening it as a file says so.
        return False


def _kind(path: Path) -> str | None:
    suffix = path.suffix.lower()
    return suffix if suffix in _FORMS or suffix in TABLES else None


def _file(path: Path, beside: _Beside, *, root: Path | None) -> Iterator[RawPage | Skipped]:
    """What one file holds; whatever goes wrong with it is said and goes no further."""
    kind = _kind(path)
    try:
        if kind is None:
            raise UnreadableError(f"not a kind of file that is read ({path.suffix or 'no suffix'}); give {_KINDS}")
        if path.stat().st_size == 0:
            raise UnreadableError("the file is empty; save the article again")
        facts = beside.about(path, root)
        if kind in TABLES:
            yield from _table(path, facts)
        else:
            yield _page(path, _FORMS[kind], facts)
    except UnreadableError as error:
        yield Skipped(str(path), str(error))
    except OSError as error:
        yield Skipped(str(path), _cannot_open(error))


def _page(path: Path, form: Form, facts: Given) -> RawPage:
    with path.open("rb") as file:
        text = _text(file)
    if form == "markdown":
        own, text = _front_matter(text)
        facts = facts.over(own)
    return _raw(str(path), form, text, facts)


def _standard_input(stdin: BinaryIO) -> RawPage | Skipped:
    origin = "standard input"
    try:
        return _raw(origin, "text", _text(stdin), Given())
    except UnreadableError as error:
        return Skipped(origin, str(error))


def _text(file: BinaryIO) -> str:
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise UnreadableError("larger than 20 MB; give one article a file, or many as .jsonl")
    text = decoded(data)
    if not text.strip():
        raise UnreadableError("nothing in it but blanks; save the article again")
    return text


def _table(path: Path, facts: Given) -> Iterator[RawPage | Skipped]:
    """One page a row; a row that cannot be read is named by its line, and the rest goes on."""
    empty = True
    for line, row in rows(path):
        empty = False
        origin = f"{path}:{line}"
        try:
            if isinstance(row, str):
                raise UnreadableError(row)
            text, is_html = content(row)
            yield _raw(origin, "html" if is_html else "text", text, given(row).over(facts))
        except UnreadableError as error:
            yield Skipped(origin, str(error))
    if empty:
        raise UnreadableError("no article in this table; give one a row")


def _raw(origin: str, form: Form, text: str, facts: Given) -> RawPage:
    return RawPage(
        origin=origin,
        form="html" if form == "text" and _HTML_HEAD.match(text) else form,
        content=text,
        outlet=facts.outlet,
        url=facts.url,
        published=facts.published,
        author=facts.author,
        title=facts.title,
    )


def _front_matter(text: str) -> tuple[Given, str]:
    """The facts at the head of a Markdown file and what follows them."""
    match = _FRONT_MATTER.match(text)
    if match is None:
        return Given(), text
    import yaml  # type: ignore[import-untyped, unused-ignore]

    try:
        # The base loader leaves every value as it is written: dates are dating's business.
        facts = yaml.load(match["facts"], Loader=yaml.BaseLoader)
    except yaml.YAMLError:
        # A headline with a colon in it is no YAML, but plain enough.
        facts = dict(_FACT.findall(match["facts"]))
    if not isinstance(facts, dict):
        return Given(), text
    return given({str(name).lower(): value for name, value in facts.items()}), text[match.end() :]


def _cannot_open(error: OSError) -> str:
    return f"cannot be opened ({error.strerror or error}); check that it is there and may be read"
