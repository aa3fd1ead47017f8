"""Alerts as an Atom feed, written so that a reader of it never meets half a file."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Final

from sayso.alerts.found import Alert, Sentence
from sayso.errors import InputError
from sayso.exports import Entry, feed_of, iri, link

KEPT: Final = 100  # entries: what is older has been read or never will be


def feed(alerts: Sequence[Alert], *, now: datetime | None = None) -> bytes:
    """The feed of these alerts, the newest first, the last KEPT of them; the same alert has the same id for good."""
    newest = sorted(alerts, key=lambda one: -one.number)[:KEPT]
    made = [Entry(iri("alert", x.id), datetime.fromisoformat(x.recorded), x.title, _html(x), x.kind) for x in newest]
    return feed_of(made, ident=iri("alert", "feed"), title="Sayso alerts", updated=now or datetime.now(UTC))


def write_feed(path: Path, alerts: Sequence[Alert]) -> None:
    """Write the feed in place of what is there, at one stroke. Raises InputError where that cannot be."""
    data = feed(alerts)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(name).chmod(0o644)  # a web server has to be able to read it
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise InputError(
            f"{path}: the feed cannot be written ({error.strerror or error}); name another file"
        ) from error


def _html(one: Alert) -> str:
    return "".join(f"<p>{_said(x)}</p>" for x in one.sentences) or f"<p>{escape(one.title)}</p>"


def _said(one: Sentence) -> str:
    outlet = f"{escape(one.outlet)}, {escape(one.day)}"
    page = link(one.url)
    where = f'<a href="{escape(page)}">{outlet}</a>' if page else outlet
    return (
        f"{escape(one.note)}: <q>{escape(one.words)}</q> ({escape(one.by)}; {where}; sayso article {escape(one.claim)})"
    )
