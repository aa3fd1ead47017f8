"""The one shape every attribution corpus is brought to: a text with attributions as character spans."""

from __future__ import annotations

from dataclasses import dataclass, field

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Gold:
    """One marked attribution: pieces of source, cue and content as (start, end) code points, end exclusive."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    kind: str | None = None
    chain: tuple[str, ...] = ()
    certainty: int | None = None


@dataclass(frozen=True, slots=True)
class Annotated:
    """A text with its attributions, and every span that was marked even where it stands alone."""

    id: str
    text: str
    attributions: tuple[Gold, ...]
    annotator: str = ""
    outlet: str = ""
    form: str = "body"
    loose: tuple[tuple[str, int, int], ...] = field(default=())
