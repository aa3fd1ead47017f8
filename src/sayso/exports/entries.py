"""An Atom 1.0 feed (RFC 4287) out of entries. Characters that XML cannot hold are left out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from xml.etree import ElementTree as Xml

from sayso.exports.names import link

_ATOM: Final = "http://www.w3.org/2005/Atom"
_NOT_XML: Final = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One piece of news: its lasting id, the moment it dates from, a title, its text as HTML, and of what sort it is."""

    ident: str
    moment: datetime
    title: str
    html: str
    term: str


def feed_of(
    entries: Iterable[Entry], *, ident: str, title: str, updated: datetime, address: str | None = None
) -> bytes:
    """The feed as UTF-8, entries in the order given. `updated` dates one without entries; `address` is where it will be found."""
    held = tuple(entries)
    latest = max((one.moment for one in held), default=updated)
    feed = Xml.Element("feed", {"xmlns": _ATOM, "xml:lang": "en"})
    _add(feed, "id", ident)
    _add(feed, "title", title)
    _add(feed, "updated", latest.astimezone(UTC).isoformat(timespec="seconds"))
    _add(_add(feed, "author"), "name", "Sayso")
    _add(feed, "generator", "Sayso")
    if found := link(address):
        _add(feed, "link", rel="self", type="application/atom+xml", href=found)
    for one in held:
        _write(feed, one)
    Xml.indent(feed)
    made: bytes = Xml.tostring(feed, encoding="utf-8", xml_declaration=True)
    return made + b"\n"


def _write(feed: Xml.Element, one: Entry) -> None:
    entry = _add(feed, "entry")
    _add(entry, "id", one.ident)
    _add(entry, "title", one.title)
    _add(entry, "updated", one.moment.astimezone(UTC).isoformat(timespec="seconds"))
    _add(entry, "category", term=one.term)
    _add(entry, "content", one.html, type="html")


def _add(parent: Xml.Element, name: str, text: str | None = None, **attributes: str) -> Xml.Element:
    element = Xml.SubElement(parent, name, {key: _NOT_XML.sub("", value) for key, value in attributes.items()})
    if text is not None:
        element.text = _NOT_XML.sub("", text)
    return element
