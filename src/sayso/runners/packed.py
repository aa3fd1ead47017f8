"""What was read, as rows of a Parquet file: how a machine hands its readings to the one that keeps the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import msgspec
import pyarrow
import pyarrow.parquet as parquet

from sayso.pipeline.reading import Reading
from sayso.records import Skipped

_COLUMNS: Final = pyarrow.schema(
    [
        ("article", pyarrow.string()),
        ("origin", pyarrow.string()),
        ("skipped", pyarrow.string()),
        ("reading", pyarrow.binary()),
    ]
)
_GROUP: Final = 200  # readings a row group: what is in memory at once


def write(path: Path, readings: Iterable[Reading | Skipped]) -> int:
    """Write readings to a file that is there whole or not at all; how many they are."""
    count, begun = 0, path.with_suffix(".begun")
    path.parent.mkdir(parents=True, exist_ok=True)
    with parquet.ParquetWriter(begun, _COLUMNS, compression="zstd") as file:
        for rows in _grouped(readings):
            file.write_table(pyarrow.Table.from_pylist(rows, schema=_COLUMNS))
            count += len(rows)
    begun.replace(path)
    return count


def read(path: Path) -> Iterator[Reading | Skipped]:
    """The readings of a file, in their order."""
    decoder = msgspec.json.Decoder(Reading)
    with parquet.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=_GROUP):
            for row in batch.to_pylist():
                yield (
                    Skipped(row["origin"], row["skipped"]) if row["reading"] is None else decoder.decode(row["reading"])
                )


def _grouped(readings: Iterable[Reading | Skipped]) -> Iterator[list[dict[str, Any]]]:
    rows: list[dict[str, Any]] = []
    for one in readings:
        rows.append(_row(one))
        if len(rows) == _GROUP:
            yield rows
            rows = []
    if rows:
        yield rows


def _row(one: Reading | Skipped) -> dict[str, Any]:
    if isinstance(one, Skipped):
        return {"article": None, "origin": one.origin, "skipped": one.reason, "reading": None}
    article = one.article
    return {"article": article.id, "origin": article.origin, "skipped": None, "reading": msgspec.json.encode(one)}
