"""Tables of articles or of facts about files, row by row: JSON lines, CSV and Parquet, and the fields a row may give."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TextIO

from sayso.articles.encoding import clean, encoding_of
from sayso.errors import InputError, UnreadableError

TABLES = (".jsonl", ".ndjson", ".csv", ".parquet")
MAX_BYTES = 20_000_000
_FILE = "file"

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Given:
    """What is said about an article beside its text."""

    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    author: str | None = None
    title: str | None = None

    def over(self, other: Given) -> Given:
        """These facts, with the other's where this has none."""
        return Given(
            outlet=self.outlet or other.outlet,
            url=self.url or other.url,
            published=self.published or other.published,
            author=self.author or other.author,
            title=self.title or other.title,
        )


def given(row: Row) -> Given:
    """The facts a row, a JSON object or a front matter gives, under any of their accepted names."""
    return Given(
        outlet=_first(row, "outlet", "publisher", "source"),
        url=_first(row, "url"),
        published=_first(row, "published", "date"),
        author=_first(row, "author"),
        title=_first(row, "title"),
    )


def content(row: Row) -> tuple[str, bool]:
    """A row's article and whether it is HTML."""
    for name in ("text", "html"):
        value = row.get(name)
        if isinstance(value, str) and value.strip():
            if len(value) > MAX_BYTES:
                raise UnreadableError("an article of more than 20 MB; give one article a row")
            return clean(value), name == "html"
    raise UnreadableError('no article in it; give it as "text" or "html"')


def rows(path: Path) -> Iterator[tuple[int, Row | str]]:
    """Each row with its line number; in place of a row that cannot be read, what is wrong with it."""
    if path.suffix.lower() == ".parquet":
        yield from _parquet_rows(path)
        return
    # Undecodable bytes far into a large table cost a character, not the table.
    with path.open(encoding=encoding_of(path), errors="replace", newline="") as file:
        yield from _csv_rows(file) if path.suffix.lower() == ".csv" else _json_rows(file)


def read_sidecar(path: Path) -> dict[str, Given]:
    """Facts about files, by file name or relative path; InputError where the table is not as it should be."""
    if not path.is_file():
        raise InputError(f"no such metadata file: {path}")
    if path.suffix.lower() not in TABLES:
        raise InputError(f"{path}: metadata is read from .csv or .jsonl")
    facts: dict[str, Given] = {}
    try:
        for line, row in rows(path):
            name = None if isinstance(row, str) else _first(row, _FILE)
            if isinstance(row, str) or name is None:
                problem = row if isinstance(row, str) else 'no "file" in it; name the file it is about'
                raise InputError(f"{path}:{line}: {problem}")
            facts[file_key(name)] = given(row)
    except (OSError, UnreadableError) as error:
        raise InputError(f"{path}: metadata cannot be read ({error})") from error
    return facts


def file_key(path: str) -> str:
    """How a sidecar knows a file, whichever way its slashes lean."""
    return path.replace("\\", "/").removeprefix("./")


def _json_rows(file: TextIO) -> Iterator[tuple[int, Row | str]]:
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            if line.lstrip().startswith("["):
                yield number, "a JSON array; give one object a line"
                return
            yield number, f"not JSON ({getattr(error, 'msg', None) or error}); give one object a line"
            continue
        yield number, _folded(row) if isinstance(row, dict) else "not a JSON object; give one object a line"


def _csv_rows(file: TextIO) -> Iterator[tuple[int, Row | str]]:
    # csv refuses fields over 131,072 characters by default, shorter than a long read.
    csv.field_size_limit(MAX_BYTES)
    header = file.readline()
    file.seek(0)
    reader = csv.reader(file, delimiter=max(",;\t", key=header.count))
    names: list[str] | None = None
    start = 1
    try:
        for cells in reader:
            line, start = start, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if names is None:
                names = [name.strip().lower() for name in cells]
            elif len(cells) > len(names):
                yield line, "more cells than columns; put the text in quotation marks"
            else:
                yield line, dict(zip(names, cells, strict=False))
    except csv.Error as error:
        yield start, f"not CSV ({error}); check the quotation marks"


def _parquet_rows(path: Path) -> Iterator[tuple[int, Row | str]]:
    try:
        parquet = import_module("pyarrow.parquet")
    except ImportError as error:
        raise UnreadableError("Parquet needs pyarrow; install it with: pip install 'sayso[parquet]'") from error
    number = 0
    try:
        for batch in parquet.ParquetFile(path).iter_batches(batch_size=64):
            for row in batch.to_pylist():
                number += 1
                yield number, _folded({k: v.isoformat() if isinstance(v, date) else v for k, v in row.items()})
    except ValueError as error:  # what pyarrow raises over a file that is no Parquet
        yield number + 1, f"not Parquet ({error}); save it again"


def _folded(row: dict[str, object]) -> Row:
    return {name.strip().lower(): value for name, value in row.items()}


def _first(row: Row, *names: str) -> str | None:
    return next((words for name in names if (words := _words(row.get(name)))), None)


def _words(value: object) -> str | None:
    """One line of text from a value: a name where it is an object, names joined where it is a list, and no deeper."""
    if isinstance(value, list):
        return ", ".join(words for item in value if not isinstance(item, list) and (words := _words(item))) or None
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return " ".join(clean(str(value)).split()) or None
