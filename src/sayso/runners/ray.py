"""Per-article work on several machines, by Ray Data. The one file that imports ray.

Files are dealt out in bundles; each worker loads the model once, reads its bundle and writes what it read to one Parquet file of a folder
that all machines see. This machine puts the files into the ledger, in the order of the bundles, as they are finished. A worker that dies
is replaced and its bundle read again; a run that was cut off goes on where it stopped, since a bundle whose file is there is not read again.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import ray
import ray.data

from sayso.articles.archives import archive_suffix
from sayso.articles.fetch import Part, fetch_parts, parts
from sayso.articles.tables import TABLES
from sayso.ledger import Ledger
from sayso.pipeline.reading import Account, Known, Progress, Reading, keep, open_page, outlets_in, read_article, settle
from sayso.reading.reader import Reader, model_folder, open_reader
from sayso.records import Skipped, content_id
from sayso.runners import packed

BUNDLE: Final = 64  # plain files a bundle; an archive or a table is a bundle by itself
_TRIES: Final = 5  # for one bundle, where workers die over it


def read(
    paths: Sequence[str | Path],
    *,
    ledger: Ledger,
    folder: Path,
    address: str | None = None,
    workers: int | None = None,
    metadata: Path | None = None,
    model: Path | None = None,
    progress: Progress | None = None,
) -> Account:
    """Read every article in the files under `paths` into the ledger, as `pipeline.read` does on one machine.

    `folder` is for the finished bundles, seen by every machine of the cluster at `address` (this machine alone by default), as the files
    are. `workers`: how many, as many as there are cores by default.
    """
    began = time.monotonic()
    account = Account()
    if not ray.is_initialized():
        ray.init(address=address, include_dashboard=False, log_to_driver=False, logging_level="error")
    named = open_reader(model).name
    for done in _done(_bundles(paths, metadata), folder, named, metadata, model or model_folder(), workers):
        for one in packed.read(done):
            keep(one, ledger=ledger, reader=named, account=account)
            account.seconds = time.monotonic() - began
            if progress and not isinstance(one, Skipped):
                progress(account, one.article.origin)
    settle(ledger, account)
    account.seconds = time.monotonic() - began
    return account


class Worker:
    """One worker: a reader, and what it needs to know."""

    def __init__(self, model: Path, metadata: Path | None) -> None:
        self._reader: Reader = open_reader(model)
        self._metadata, self._outlets = metadata, outlets_in(metadata)

    def __call__(self, batch: dict[str, Any]) -> dict[str, Any]:
        """The bundles of a batch, read and written where they belong."""
        for bundle, path in zip(batch["bundle"], batch["path"], strict=True):
            if not Path(path).exists():
                packed.write(Path(path), self._readings(bundle))
        return {"path": batch["path"]}

    def _readings(self, bundle: Sequence[Part | Skipped]) -> Iterator[Reading | Skipped]:
        for one in bundle:
            if isinstance(one, Skipped):
                yield one
                continue
            for page in fetch_parts([one], metadata=self._metadata):
                made = read_article(open_page(page), reader=self._reader, outlets=self._outlets)
                if not isinstance(made, Known):  # which nobody knows without the ledger
                    yield made


def _done(
    bundles: Iterable[list[Part | Skipped]],
    folder: Path,
    named: str,
    metadata: Path | None,
    model: Path,
    workers: int | None,
) -> Iterator[Path]:
    """The file of each bundle, in order, when it is finished."""
    rows = [{"bundle": bundle, "path": str(folder / f"{_key(bundle, named, metadata)}.parquet")} for bundle in bundles]
    if not rows:
        return
    context = ray.data.DataContext.get_current()
    context.execution_options.preserve_order = True
    context.enable_progress_bars = False
    context.actor_task_retry_on_errors = False  # a fault of ours is told, not tried again; a death is
    pool = workers or int(ray.cluster_resources().get("CPU", 1))
    read = ray.data.from_items(rows, override_num_blocks=len(rows)).map_batches(
        Worker,
        fn_constructor_args=(model, metadata),
        batch_size=1,
        num_cpus=1,
        compute=ray.data.ActorPoolStrategy(size=min(pool, len(rows))),
        max_restarts=-1,
        max_task_retries=_TRIES,
    )
    for row in read.iter_rows():
        yield Path(row["path"])


def _bundles(paths: Sequence[str | Path], metadata: Path | None) -> Iterator[list[Part | Skipped]]:
    held: list[Part | Skipped] = []
    for one in parts(paths, metadata=metadata):
        large = isinstance(one, Part) and (archive_suffix(one.path) or Path(one.path).suffix.lower() in TABLES)
        if held and (large or len(held) == BUNDLE):
            yield held
            held = []
        held.append(one)
        if large:
            yield held
            held = []
    if held:
        yield held


def _key(bundle: Sequence[Part | Skipped], named: str, metadata: Path | None) -> str:
    """What a finished bundle is known by: its files as they are now, the table beside them, and who read them."""
    files = [one.path if isinstance(one, Part) else one.origin for one in bundle] + (
        [str(metadata)] if metadata else []
    )
    return content_id(named, *files, *(_state(Path(file)) for file in files))


def _state(path: Path) -> str:
    try:
        status = path.stat()
    except OSError:
        return ""
    return f"{status.st_size}:{status.st_mtime_ns}"
