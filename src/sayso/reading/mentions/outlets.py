"""The register of news outlets: what is called what, and which names are everyday words besides.

Plain data: `reading/outlets.csv`, and any table of the same columns that a user adds (docs/outlets.md).
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

from sayso.errors import SaysoError

COLUMNS = ("name", "kind", "country", "domain", "aliases", "ambiguous")
KINDS = frozenset("agency paper broadcaster site magazine journalist".split())
_EDGES = " ,.;:“”\"'‘’()"


@dataclass(frozen=True, slots=True)
class OutletEntry:
    """One line of the register. `country` is ISO 3166's two letters, or "" where the outlet belongs to none."""

    name: str
    kind: str
    country: str
    domains: tuple[str, ...]
    aliases: tuple[str, ...]
    ambiguous: bool


def _entries(table: str, origin: str) -> list[OutletEntry]:
    reader = csv.DictReader(table.splitlines())
    if missing := set(COLUMNS) - set(reader.fieldnames or ()):
        raise SaysoError(
            f"{origin}: the register needs the columns {', '.join(COLUMNS)}; missing: {', '.join(sorted(missing))}"
        )
    entries = []
    for number, row in enumerate(reader, start=2):
        if row["kind"] not in KINDS or not row["name"]:
            raise SaysoError(f"{origin}, line {number}: needs a name and a kind out of {', '.join(sorted(KINDS))}")
        domains, aliases = (
            tuple(part for part in (row[column] or "").split("|") if part) for column in ("domain", "aliases")
        )
        entries.append(OutletEntry(row["name"], row["kind"], row["country"], domains, aliases, bool(row["ambiguous"])))
    return entries


@cache
def register(extra: Path | None = None) -> dict[str, OutletEntry]:
    """Outlets by every name, alias and domain they go under, as spelt; a user's own table comes first.

    Raises SaysoError naming table and line where a table breaks the form, OSError where it cannot be read.
    """
    entries = _entries(files("sayso.reading").joinpath("outlets.csv").read_text(encoding="utf-8"), "outlets.csv")
    if extra is not None:
        entries = _entries(extra.read_text(encoding="utf-8"), str(extra)) + entries
    known: dict[str, OutletEntry] = {}
    for entry in entries:
        known.setdefault(entry.name, entry)
    for entry in entries:
        for name in (entry.name, *entry.aliases, *entry.domains):
            known.setdefault(name, entry)
            if name.startswith("The "):
                known.setdefault("the " + name[4:], entry)
    return known


@lru_cache(maxsize=1 << 14)
def find_outlet(words: str, extra: Path | None = None) -> OutletEntry | None:
    """The register's entry for a name as it is spelt, or None."""
    return register(extra).get(re.sub(r"[’']s?$", "", words.strip(_EDGES)))


def loose(words: str, entry: OutletEntry) -> bool:
    """Whether a name is too common to mean this outlet by itself ("the Post", "Time"): the text must say more."""
    name, whole = (one.removeprefix("The ").removeprefix("the ") for one in (words.strip(_EDGES), entry.name))
    if name in entry.domains:
        return False
    if name == whole:
        return entry.ambiguous
    return entry.ambiguous or (words.strip(_EDGES)[:4].lower() == "the " and " " not in name and not name.isupper())


_SHAPE = re.compile(
    r"^(?:[Tt]he\s+)?(?:[A-ZÀ-Þ][\w’'&-]*\s+){0,4}(?:Times|Post|Herald|Tribune|Gazette|Chronicle|Courier|Telegraph|Journal|Ledger|"
    r"Mail|Mirror|Star|Observer|Examiner|Record|Echo|Dispatch|Globe|Standard|Bugle|Argus|Press|News|Magazine|Daily|Mercury|Packet|"
    r"Weekly|Signal|Lantern|Sentinel|Reporter|Bulletin|Advertiser|Express|Independent|Wire|Monitor|Recorder|Messenger|Digest|Trumpet|"
    r"Clarion|Argosy|Pennant|Candle|Inquirer|Enquirer|Newsletter|Almanack|Gazzetta|Zeitung|Allgemeine|Tribuna|Sera|Nachrichten|Dagblad)"
    r"(?:\s+(?:Online|Sport|Sports))?$"
    r"|^(?:[Tt]he\s+)?(?:Daily|Evening|Morning|Sunday|Weekly|Radio|TV|RTV|Channel|Canal|Kanal|Telegiornale|Sport|Diario|Gazeta|La Gazzetta|Onda)\s(?:[A-ZÀ-Þ][\w’'-]*\s?){1,3}$"
    r"|^(?:[Tt]he\s+)?(?:[A-ZÀ-Þ][\w’'&-]*\s+){1,3}(?:Radio|TV|FM|Television|Sun|Review|Today|Online|Insider|Podcast|Channel|Times of [A-Z]\w+)$"
    r"|^(?:[Tt]he\s+)?[A-ZÀ-Þ]\w+(?:bladet|posten|avisa|avisen|tidende|tidningen|blatt|zeitung|krant|vestnik)$|^[A-ZÀ-Þ]\w{3,}(?:post|nyt|blad|kurier|anzeiger)$|^[A-ZÀ-Þ][\w’'-]+\s(?:du|de|del|dello)?\s?(?:Sport|Deporte|Desporto)$"
    r"|^[Tt]he\s+(?:[A-Z]\w+\s)?(?:Standard|Times|Herald|Observer|Post|Ledger|Echo|Star|Courier|Gazette|Chronicle|Sentinel|Journal)(?:\s(?:of|on)\s[A-Z]\w+)?$"
)


@lru_cache(maxsize=1 << 14)
def looks_like_outlet(words: str) -> bool:
    """Whether a name is built like a newspaper's or a station's ("The Harbour Post", "Radio Norda")."""
    return bool(_SHAPE.match(words.strip(_EDGES)))
