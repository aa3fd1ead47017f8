"""Our own marked paragraphs (training/corpus/*.txt; the format is in training/corpus/GUIDE.md).

`python -m corpora.marked FILE…` checks files and prints every fault with its item.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

from corpora.annotated import Annotated, Gold, Span

KINDS = ("person", "organisation", "anonymous", "outlet", "document", "unnamed", "own")
FORMS = ("body", "headline", "caption", "bullets", "none")
HEAD = re.compile(r"^## ([a-z0-9-]+) \| (\w+) \| (.+)$")
NOTE = re.compile(r"^(\d+): (\w+) \| (.+) \| ([+-][123]|0)$")
OPEN = re.compile(r"\[([sct])(\d+(?:,\d+)*) ")


class MarkError(ValueError):
    """A marked item that breaks the format."""


def _strip(marked: str) -> tuple[str, dict[int, dict[str, list[Span]]]]:
    """Take the brackets out of a marked text; spans by attribution and role, in code points of the clean text."""
    out: list[str] = []
    size, at = 0, 0
    stack: list[tuple[str, list[int], int]] = []
    spans: dict[int, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    while at < len(marked):
        if opened := OPEN.match(marked, at):
            stack.append((opened[1], [int(n) for n in opened[2].split(",")], size))
            at = opened.end()
        elif marked[at] == "]":
            if not stack:
                raise MarkError("a ']' closes nothing")
            role, numbers, start = stack.pop()
            if size == start:
                raise MarkError(f"empty span [{role}{numbers[0]}]")
            for n in numbers:
                spans[n][role].append((start, size))
            at += 1
        elif marked[at] == "[":
            raise MarkError(f"a '[' that opens no span: {marked[at : at + 20]!r}")
        else:
            out.append(marked[at])
            size += 1
            at += 1
    if stack:
        raise MarkError(f"[{stack[-1][0]}{stack[-1][1][0]} is never closed")
    return "".join(out), spans


def parse_item(block: str) -> Annotated:
    """Read one item (head line, text, notes). Raises MarkError with what is wrong."""
    lines = [line.strip() for line in block.strip().splitlines()]
    head = HEAD.match(lines[0])
    if not head:
        raise MarkError(f"bad head line: {lines[0]!r}")
    name, form, outlet = head[1], head[2], head[3].strip()
    if form not in FORMS:
        raise MarkError(f"unknown form {form!r}")
    notes = [NOTE.match(line) for line in lines[1:] if re.match(r"^\d+: ", line)]
    texts = [line for line in lines[1:] if not re.match(r"^\d+: ", line)]
    if not all(notes):
        raise MarkError("a note line is not 'N: KIND | CHAIN | CERTAINTY'")
    text, spans = _strip(re.sub(r"\s*¶\s*", "\n\n", " ".join(texts)))
    given = {int(n[1]): n for n in notes if n}
    if set(given) != set(spans):
        raise MarkError(f"notes for {sorted(given)}, spans for {sorted(spans)}")
    golds = []
    for n in sorted(spans):
        roles, note = spans[n], given[n]
        chain = tuple(link.strip() for link in note[3].split(" > "))
        if note[2] not in KINDS:
            raise MarkError(f"{n}: unknown kind {note[2]!r}")
        if chain[-1] != outlet:
            raise MarkError(f"{n}: the chain ends in {chain[-1]!r}, not in the outlet {outlet!r}")
        if note[2] == "unnamed" and chain[0] != "?":
            raise MarkError(f"{n}: the chain of an unnamed source begins with '?'")
        if not roles.get("c") or not roles.get("t"):
            raise MarkError(f"{n}: needs a cue and a content")
        golds.append(
            Gold(
                source=tuple(sorted(roles.get("s", []))),
                cue=tuple(sorted(roles["c"])),
                content=tuple(sorted(roles["t"])),
                kind=note[2],
                chain=chain,
                certainty=int(note[4]),
            )
        )
    if form == "none" and golds:
        raise MarkError("form 'none' has attributions")
    return Annotated(id=name, text=text, attributions=tuple(golds), outlet=outlet, form=form, annotator="sayso")


def read_marked(path: Path) -> list[Annotated]:
    """Every item of a marked file. Raises MarkError naming file and item."""
    items = []
    for block in re.split(r"\n(?=## )", path.read_text(encoding="utf-8")):
        if block.strip().startswith("## "):
            try:
                items.append(parse_item(block))
            except MarkError as error:
                raise MarkError(f"{path.name}: {block.strip().splitlines()[0][:60]}: {error}") from None
    return items


def _check(paths: list[str]) -> int:
    faults, seen, counts = 0, set[str](), Counter[str]()
    for name in paths:
        for block in re.split(r"\n(?=## )", Path(name).read_text(encoding="utf-8")):
            if not block.strip().startswith("## "):
                continue
            try:
                item = parse_item(block)
            except MarkError as error:
                faults += 1
                print(f"{name}: {block.strip().splitlines()[0][:60]}: {error}")
                continue
            if item.id in seen:
                faults += 1
                print(f"{name}: {item.id} stands twice")
            seen.add(item.id)
            counts["items"] += 1
            counts["attributions"] += len(item.attributions)
            counts[f"form {item.form}"] += 1
            counts.update(f"kind {g.kind}" for g in item.attributions)
            counts.update(f"certainty {g.certainty:+d}" for g in item.attributions if g.certainty is not None)
    print(", ".join(f"{k} {v}" for k, v in sorted(counts.items())), f"; faults {faults}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(_check(sys.argv[1:]))
