"""What stands in for an address: names for what has none of its own, and which addresses may stand in a link."""

from __future__ import annotations

from typing import Final, Literal
from urllib.parse import quote, urlsplit
from uuid import UUID, uuid5

Named = Literal[
    "article", "claim", "hand", "agent", "question", "movement", "reversal", "outcome", "review", "alert", "annotations"
]

#: whoever exports the same record twice, anywhere, gives it the same name
_SAYSO: Final = UUID("6f0d3c1e-52a4-5b0c-9d6e-0f6b1c7a2e41")
_SAFE: Final = ":/?#[]@!$&'()*+,;=%-._~"


def iri(kind: Named, ident: str, base: str | None = None) -> str:
    """The name of a record: under `base` where one is given ("https://desk.example/sayso"), else a UUID made of its id (RFC 9562, v5)."""
    if base:
        return f"{base.rstrip('/')}/{kind}/{quote(ident, safe='')}"
    return f"urn:uuid:{uuid5(_SAYSO, f'{kind}/{ident}')}"


def link(url: str | None) -> str | None:
    """An address as it may stand in a link, odd characters percent-encoded; None for what is not http or https (`javascript:` …)."""
    try:
        parts = urlsplit((url or "").strip())
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    whole = (
        parts.geturl().encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    )  # half a pair has no percent form
    return quote(whole, safe=_SAFE)
