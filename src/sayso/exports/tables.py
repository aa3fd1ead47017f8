"""The promised records as JSON lines, CSV and Parquet. Rows are what the functions of `records.py` make."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from importlib import import_module
from typing import Any, Final

from sayso.errors import InputError
from sayso.exports.shapes import SHAPES, Shape, What

Row = dict[str, Any]

BOM: Final = "\ufeff"  # without it Excel takes UTF-8 for a local code page
#: what a spreadsheet may take for a formula, full-width signs and leading white space included (OWASP, "CSV Injection")
_FORMULA: Final = re.compile(r"[\s\x00]*[=+\-@＝＋－＠]|[\t\r\n]")
_KEYS: Final = ("id", "question", "claim", "name")


def jsonl(rows: Iterable[Row]) -> str:
    """One JSON object a line, sorted by id (stances by question and claim, sources by name), to be split at line feeds only."""
    return "".join(json_text(row) + "\n" for row in _sorted(rows))


def json_text(value: object, *, indent: int | None = None) -> str:
    """A value as JSON that can be encoded: half of a surrogate pair, as broken pages hold them, is written as an escape."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)
    return re.sub(r"[\ud800-\udfff]", lambda half: f"\\u{ord(half[0]):04x}", text)


def csv_table(rows: Iterable[Row], what: What, *, spreadsheet: bool = True) -> str:
    """Rows as CSV (RFC 4180, with a header): an object's parts as `outlet_name`, pieces of a content joined by " … ", hands by " > ".

    For a spreadsheet the text begins with a byte order mark and words that it may take for a formula have ' before them; without
    `spreadsheet` the words stand as they are, for programs.
    """
    text = io.StringIO()
    written = csv.writer(text, lineterminator="\r\n")
    columns = tuple(_columns(SHAPES[what]))
    written.writerow(columns)
    for row in _sorted(rows):
        cells = dict(_cells(row, SHAPES[what]))
        written.writerow([_safe(cells[name]) if spreadsheet else cells[name] for name in columns])
    told = re.sub(r"[\ud800-\udfff]", "\ufffd", text.getvalue())
    return (BOM if spreadsheet else "") + told


def parquet(rows: Iterable[Row], what: What) -> bytes:
    """Rows as one Parquet file: nested as promised, days as dates, times of recording as UTC timestamps (microseconds).

    Raises InputError where pyarrow is not installed.
    """
    try:
        arrow, files = import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError as error:
        raise InputError("Parquet needs pyarrow; install it with: pip install 'sayso[parquet]'") from error
    schema = arrow.schema([arrow.field(name, _type(arrow, shape)) for name, shape in SHAPES[what].items()])
    values = [_typed(row, SHAPES[what]) for row in _sorted(rows)]
    held = io.BytesIO()
    files.write_table(arrow.Table.from_pylist(values, schema=schema), held, compression="zstd")
    return held.getvalue()


def _sorted(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: [str(row[key]) for key in _KEYS if key in row])


def _columns(fields: dict[str, Any], before: str = "") -> Iterator[str]:
    for name, shape in fields.items():
        if isinstance(shape, dict):
            yield from _columns(shape, f"{before}{name}_")
        else:
            yield before + name


def _cells(row: Row, fields: dict[str, Any], before: str = "") -> Iterator[tuple[str, object]]:
    for name, shape in fields.items():
        value = row.get(name)
        if isinstance(shape, dict):
            yield from _cells(value or {}, shape, f"{before}{name}_")
        else:
            yield before + name, _cell(name, value)


def _cell(name: str, value: object) -> object:
    """Lists of words and the two lists that read as words become words; other lists stay JSON."""
    if not isinstance(value, list):
        return "" if value is None else value
    if name == "evidence":
        return " … ".join(piece["text"] for piece in value)
    if name == "chain":
        return " > ".join(hand["name"] for hand in value)
    if all(isinstance(one, str) for one in value):
        return "; ".join(value)
    return json_text(value)


def _safe(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def _type(arrow: Any, shape: Shape) -> Any:
    if isinstance(shape, dict):
        return arrow.struct([arrow.field(name, _type(arrow, inner)) for name, inner in shape.items()])
    if isinstance(shape, list):
        return arrow.list_(_type(arrow, shape[0]))
    leaves = {
        "text": arrow.string(),
        "whole": arrow.int64(),
        "real": arrow.float64(),
        "truth": arrow.bool_(),
        "day": arrow.date32(),
        "moment": arrow.timestamp("us", tz="UTC"),
    }
    return leaves[shape]


def _typed(value: Any, shape: Shape) -> Any:
    if value is None:
        return None
    if isinstance(shape, dict):
        return {name: _typed(value.get(name), inner) for name, inner in shape.items()}
    if isinstance(shape, list):
        return [_typed(one, shape[0]) for one in value]
    if shape == "day":
        return date.fromisoformat(value)
    if shape == "moment":
        return datetime.fromisoformat(value)
    return re.sub(r"[\ud800-\udfff]", "\ufffd", value) if isinstance(value, str) else value
