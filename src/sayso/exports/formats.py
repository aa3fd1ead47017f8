"""Which formats there are, what each is of, and where one is only of a single story or question: declared once, shown and checked from here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from sayso.errors import InputError
from sayso.exports.shapes import SHAPES, What

NOUNS: Final[tuple[What, ...]] = tuple(SHAPES)


@dataclass(frozen=True, slots=True)
class Format:
    """A way out: its name on the command line, the records that it is of, and what it is. `one`: a file holds a single one of these."""

    name: str
    of: tuple[What, ...]
    note: str
    one: Literal["story", "question"] | None = None
    text: bool = True


FORMATS: Final[tuple[Format, ...]] = (
    Format("jsonl", NOUNS, "a JSON object a line, as promised; `sayso load` takes it back"),
    Format("csv", NOUNS, "for spreadsheets: formulas disarmed, byte order mark"),
    Format("parquet", NOUNS, "nested, days as dates; needs sayso[parquet] and --output", text=False),
    Format("ninjs", ("articles",), "IPTC ninjs 3.1, an object a line"),
    Format("citron", ("claims",), "Citron's quotes (cue, sources, contents), an article a line"),
    Format("webannotation", ("claims",), "W3C Web Annotation collection, quote and position selectors"),
    Format("prov", ("claims",), "W3C PROV-O as JSON-LD: the hands that each claim went through"),
    Format("schemaorg", ("claims",), "schema.org Claim as JSON-LD"),
    Format("timelinejs", ("claims",), "Knight Lab's TimelineJS, of one story (--story)", one="story"),
    Format(
        "claimreview",
        ("questions",),
        "schema.org ClaimReview as JSON-LD, of what is settled; needs --reviewer and --page",
    ),
    Format("atom", ("questions",), "Atom feed of one question (--question)", one="question"),
)


def format_of(what: What, name: str) -> Format:
    """The format of this name. Raises InputError where there is none, or it is of other records."""
    fitting = ", ".join(one.name for one in FORMATS if what in one.of)
    found = next((one for one in FORMATS if one.name == name), None)
    if found is None:
        raise InputError(f"no export format {name!r}; {what} go out as {fitting}")
    if what not in found.of:
        raise InputError(f"{name} is of {' and '.join(found.of)}, not of {what}; {what} go out as {fitting}")
    return found
