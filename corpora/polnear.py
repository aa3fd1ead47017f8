"""Reads a PolNeAR part (brat standoff: text/NAME.txt, attributions/NAME_ANNOTATOR.ann)."""

from __future__ import annotations

import re
from pathlib import Path

from corpora.annotated import Annotated, Gold, Span

TEXT_BOUND = re.compile(r"^(T\d+)\t(\w+) ([\d ;]+)\t")
EVENT = re.compile(r"^E\d+\t(.+)$")
ROLES = ("Source", "Cue", "Content", "Content2")


def _annotation(path: Path) -> tuple[tuple[Gold, ...], tuple[tuple[str, int, int], ...]]:
    bounds: dict[str, tuple[str, tuple[Span, ...]]] = {}
    events: list[dict[str, str]] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if match := TEXT_BOUND.match(line):
            pieces = tuple((int(a), int(b)) for a, b in (p.split() for p in match[3].split(";")))
            bounds[match[1]] = (match[2], pieces)
        elif match := EVENT.match(line):
            events.append(dict(part.split(":", 1) for part in match[1].split()))
    golds = []
    for event in events:
        roles = {name: bounds[event[name]][1] for name in ROLES if event.get(name) in bounds}
        golds.append(
            Gold(
                source=roles.get("Source", ()),
                cue=roles.get("Cue", ()),
                content=tuple(sorted(roles.get("Content", ()) + roles.get("Content2", ()))),
            )
        )
    named = {"Source": "source", "Cue": "cue", "Content": "content"}
    loose = {(named[role], start, end) for role, pieces in bounds.values() if role in named for start, end in pieces}
    return tuple(golds), tuple(sorted(loose))


def read_polnear(folder: Path) -> list[Annotated]:
    """Every annotation file of a part, annotators apart, sorted by name. Offsets are trusted, not the quoted words."""
    found = []
    for path in sorted((folder / "attributions").glob("*.ann")):
        name, _, annotator = path.stem.rpartition("_")
        with (folder / "text" / f"{name}.txt").open(encoding="utf-8", newline="") as handle:
            text = handle.read()
        golds, loose = _annotation(path)
        found.append(Annotated(id=name, text=text, attributions=golds, annotator=annotator, loose=loose))
    return found
