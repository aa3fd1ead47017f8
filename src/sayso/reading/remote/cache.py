"""Answers kept by content: one JSON file each, under a name made of the model, the prompt's version and the text asked about."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from pathlib import Path

from sayso.errors import ReaderError

_LARGEST = 8_000_000  # bytes of one file


class Cache:
    """A folder of answers. The text asked about is not kept, the key that opens the server never comes near it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise ReaderError(f"no cache folder can be made at {folder} ({error.strerror}); name another") from None

    def get(self, key: str) -> dict[str, object] | None:
        """What was kept under the key; None where there is nothing, or nothing whole."""
        try:
            with (self.folder / f"{key}.json").open("rb") as file:
                held = json.loads(file.read(_LARGEST))
        except (OSError, ValueError, RecursionError):
            return None
        return held if isinstance(held, dict) else None

    def put(self, key: str, held: dict[str, object]) -> None:
        """Keep this under the key: whole or not at all, whatever happens meanwhile. Raises ReaderError where the folder takes nothing."""
        partial = None
        try:
            descriptor, partial = tempfile.mkstemp(dir=self.folder, prefix=f"{key}.", suffix=".part")
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                json.dump(held, file)
            Path(partial).replace(self.folder / f"{key}.json")
        except OSError as error:
            if partial is not None:
                with contextlib.suppress(OSError):
                    Path(partial).unlink()
            raise ReaderError(
                f"the cache folder {self.folder} takes no more ({error.strerror}); name another"
            ) from None
