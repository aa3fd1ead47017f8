"""Raw pages from files, folders, archives, addresses and standard input, one at a time; what cannot be taken in is named."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from sayso.articles.archives import archive_suffix, belongs_to_page
from sayso.articles.doors import Doors, is_address
from sayso.articles.encoding import decoded
from sayso.articles.feeds import is_feed, is_opml
from sayso.articles.pdf import is_pdf
from sayso.articles.served import FEEDS, FORMS, Form, archive_pages, feed_pages, page_of, raw_page
from sayso.articles.tables import MAX_BYTES, TABLES, Given, content, file_key, given, read_sidecar, rows
from sayso.errors import InputError, UnreadableError
from sayso.records import RawPage, Skipped

__all__ = ["Part", "fetch", "fetch_parts", "parts", "read_sidecar"]

_KINDS = ".txt, .md, .html, .pdf, .jsonl, .csv, .parquet, feed or archive"
_ANY_FEED = (".rss", ".atom")
_HEAD = 20_000
_FRONT_MATTER = re.compile(r"\s*---[ \t]*\n(?P<facts>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_FACT = re.compile(r"^[ \t]*+(\w{1,40})[ \t]*+:[ \t]*+(.*)$", re.MULTILINE)
# YAML by reference: one line can name itself, or a thousand others, over and over.
_REFERENCE = re.compile(r"(?:^|[\s\[{,:-])[&*]\w", re.MULTILINE)
_LONGEST_FACTS = 20_000


@dataclass(frozen=True, slots=True)
class _Beside:
    """What was given beside the paths: facts by file, and the table they come from, which is no article itself."""

    facts: Mapping[str, Given] = field(default_factory=dict)
    table: Path | None = None

    def about(self, path: Path, root: Path | None) -> Given:
        """The facts about one file: its path below the folder given beats its path as given beats its bare name."""
        names = [str(path.relative_to(root))] if root is not None else []
        return self.named(*names, str(path), path.name)

    def named(self, *names: str) -> Given:
        """The facts under the first of these names that has any: a path, or an address."""
        found = (self.facts.get(file_key(name)) for name in names)
        return next((facts for facts in found if facts is not None), Given())

    def is_table(self, path: Path) -> bool:
        return self.table is not None and path.suffix.lower() in TABLES and path.resolve() == self.table


def fetch(
    paths: Sequence[str | Path],
    *,
    metadata: Path | None = None,
    stdin: BinaryIO | None = None,
    allow_private: bool = False,
) -> Iterator[RawPage | Skipped]:
    """Every page under the paths and addresses, in order, with the facts given beside it; "-" is standard input.

    A path that does not exist is skipped with the others going on. InputError comes at once, before the first page, where none
    of the paths exists, or for a bad metadata table. `allow_private` lets addresses lead into private networks.
    """
    missing = [path for path in paths if str(path) != "-" and not is_address(str(path)) and not _exists(Path(path))]
    if missing and len(missing) == len(paths):
        raise InputError(f"no such file or folder: {missing[0]}; check the path")
    beside = _Beside() if metadata is None else _Beside(read_sidecar(metadata), metadata.resolve())
    return _fetch(paths, beside, stdin, Doors(allow_private=allow_private))


@dataclass(frozen=True, slots=True)
class Part:
    """One file of what is to be fetched, and the folder it was found in, if one was given: what another machine can fetch by itself."""

    path: str
    folder: str | None = None


def parts(paths: Sequence[str | Path], *, metadata: Path | None = None) -> Iterator[Part | Skipped]:
    """The files that `fetch` would open under these paths, in its order, and what it would skip without opening it. InputError as
    `fetch`, and for what is no file: an address, standard input.
    """
    for path in paths:
        if is_address(str(path)) or str(path) == "-":
            raise InputError(f"{path}: only files can be read on several machines; fetch it first")
    if paths and not any(_exists(Path(path)) for path in paths):
        raise InputError(f"no such file or folder: {paths[0]}; check the path")
    beside = _Beside(table=metadata.resolve() if metadata is not None else None)
    for path in map(Path, paths):
        if not _exists(path):
            yield Skipped(str(path), "no such file or folder; check the path")
        elif path.is_dir():
            yield from (one if isinstance(one, Skipped) else Part(str(one), str(path)) for one in _files(path, beside))
        elif not beside.is_table(path):
            yield Part(str(path))


def fetch_parts(given: Iterable[Part], *, metadata: Path | None = None) -> Iterator[RawPage | Skipped]:
    """The pages of these files, as `fetch` gives them."""
    beside = _Beside() if metadata is None else _Beside(read_sidecar(metadata), metadata.resolve())
    for part in given:
        yield from _file(Path(part.path), beside, Doors(), root=Path(part.folder) if part.folder else None)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _fetch(
    paths: Sequence[str | Path], beside: _Beside, stdin: BinaryIO | None, doors: Doors
) -> Iterator[RawPage | Skipped]:
    addresses = [str(path) for path in paths if is_address(str(path))]
    served = _addresses(beside, doors) if addresses else None
    for path in paths:
        if served is not None and is_address(str(path)):
            yield from served(str(path))
        else:
            yield from _path(Path(path), beside, stdin, doors)


def _addresses(beside: _Beside, doors: Doors) -> Callable[[str], Iterator[RawPage | Skipped]]:
    """How addresses are read, all by one visitor; what it needs is loaded only where there are some."""
    from sayso.articles.visits import Visitor, pages_at

    visitor = Visitor(doors)
    return lambda address: pages_at(address, visitor=visitor, facts=beside.named(address))


def _path(path: Path, beside: _Beside, stdin: BinaryIO | None, doors: Doors) -> Iterator[RawPage | Skipped]:
    if str(path) == "-":
        yield _standard_input(stdin or sys.stdin.buffer)
    elif not _exists(path):
        yield Skipped(str(path), "no such file or folder; check the path")
    elif path.is_dir():
        yield from _folder(path, beside, doors)
    elif not beside.is_table(path):
        yield from _file(path, beside, doors, root=None)


def _folder(root: Path, beside: _Beside, doors: Doors) -> Iterator[RawPage | Skipped]:
    """The articles below a folder."""
    for one in _files(root, beside):
        if isinstance(one, Skipped):
            yield one
        else:
            yield from _file(one, beside, doors, root=root)


def _files(root: Path, beside: _Beside) -> Iterator[Path | Skipped]:
    """The files below a folder that hold articles; files of other kinds count only where there is nothing else."""
    others: list[str] = []
    told = False
    for path in _walk(root, set()):
        if isinstance(path, Skipped):
            told = True
            yield path
        elif not _is_read(path) or path.stem.lower() == "readme" or beside.is_table(path):
            others.append(path.name)
        else:
            told = True
            yield path
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
    names = frozenset(entry.name for entry in entries)
    for entry in entries:
        # What a browser saved beside a page (frames, advertisements) is no article of its own.
        if entry.name.startswith(".") or belongs_to_page(f"{entry.name}/_", names):
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
    """What decides how a file is read: the ending of its name, of an archive all of it (".tar.gz"); None if it is not read."""
    suffix = path.suffix.lower()
    if (archive := archive_suffix(path.name)) is not None:
        return archive
    return suffix if suffix in FORMS or suffix in TABLES or suffix in FEEDS or suffix == ".pdf" else None


def _is_read(path: Path) -> bool:
    """Whether a file found in a folder is an article or holds some; of .xml and .json files only feeds are."""
    kind = _kind(path)
    if kind not in FEEDS or kind in _ANY_FEED:
        return kind is not None
    try:
        with path.open("rb") as file:
            return is_feed(decoded(file.read(_HEAD)))
    except (OSError, UnreadableError):
        return False


def _file(path: Path, beside: _Beside, doors: Doors, *, root: Path | None) -> Iterator[RawPage | Skipped]:
    """What one file holds; whatever goes wrong with it is said and goes no further."""
    kind = _kind(path)
    try:
        if path.suffix.lower() == ".opml":
            raise UnreadableError("a list of feeds; `sayso watch` follows it")
        if kind is None:
            raise UnreadableError(f"not a kind of file that is read ({path.suffix or 'no suffix'}); give {_KINDS}")
        if path.stat().st_size == 0:
            raise UnreadableError("the file is empty; save the article again")
        facts = beside.about(path, root)
        if archive_suffix(kind) is not None:
            yield from archive_pages(path, lambda name: beside.named(name, Path(name).name).over(facts), doors)
        elif kind in TABLES:
            yield from _table(path, facts)
        elif kind in FEEDS:
            yield from _feed(path, facts)
        elif kind == ".pdf":
            yield _pdf(path, facts)
        else:
            yield _page(path, FORMS[kind], facts)
    except UnreadableError as error:
        yield Skipped(str(path), str(error))
    except OSError as error:
        yield Skipped(str(path), _cannot_open(error))


def _feed(path: Path, facts: Given) -> Iterator[RawPage | Skipped]:
    with path.open("rb") as file:
        text = _text(file)
    if is_opml(text):
        raise UnreadableError("a list of feeds; `sayso watch` follows it")
    if not is_feed(text):
        raise UnreadableError(f"no RSS, Atom or JSON feed; give {_KINDS}")
    yield from feed_pages(str(path), text, facts)


def _pdf(path: Path, facts: Given) -> RawPage:
    with path.open("rb") as file:
        data = _bytes(file)
    if not is_pdf(data):
        raise UnreadableError("not a PDF, whatever its name says; save it again")
    return page_of(str(path), data, facts=facts)


def _page(path: Path, form: Form, facts: Given) -> RawPage:
    with path.open("rb") as file:
        text = _text(file)
    if form == "markdown":
        own, text = _front_matter(text)
        facts = facts.over(own)
    return raw_page(str(path), form, text, facts)


def _standard_input(stdin: BinaryIO) -> RawPage | Skipped:
    origin = "standard input"
    try:
        return raw_page(origin, "text", _text(stdin), Given())
    except UnreadableError as error:
        return Skipped(origin, str(error))


def _text(file: BinaryIO) -> str:
    text = decoded(_bytes(file))
    if not text.strip():
        raise UnreadableError("nothing in it but blanks; save the article again")
    return text


def _bytes(file: BinaryIO) -> bytes:
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise UnreadableError("larger than 20 MB; give one article a file, or many as .jsonl")
    return data


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
            yield raw_page(origin, "html" if is_html else "text", text, given(row).over(facts))
        except UnreadableError as error:
            yield Skipped(origin, str(error))
    if empty:
        raise UnreadableError("no article in this table; give one a row")


def _front_matter(text: str) -> tuple[Given, str]:
    """The facts at the head of a Markdown file and what follows them."""
    match = _FRONT_MATTER.match(text)
    if match is None or len(match["facts"]) > _LONGEST_FACTS:
        return Given(), text
    facts = _facts(match["facts"])
    if not isinstance(facts, dict):
        return Given(), text
    return given({str(name).lower(): value for name, value in facts.items()}), text[match.end() :]


def _facts(head: str) -> object:
    import yaml  # type: ignore[import-untyped, unused-ignore]

    try:
        if _REFERENCE.search(head) is None:
            # The base loader leaves every value as it is written: dates are dating's business.
            return yaml.load(head, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError):
        pass
    # A headline with a colon in it is no YAML, but plain enough.
    return dict(_FACT.findall(head))


def _cannot_open(error: OSError) -> str:
    return f"cannot be opened ({error.strerror or error}); check that it is there and may be read"
