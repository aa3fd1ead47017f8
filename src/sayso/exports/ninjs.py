"""Articles as IPTC ninjs 3.1, where it fits: text, headline, by-line, who it came from, and what it copies or relays.

ninjs dates are moments and Sayso knows days, so the day a report was published stands in an alternative id, not in a time made up for
it. Claims have no place in ninjs; the sources that a report names have (`infoSources`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from sayso.exports.names import iri, link
from sayso.origins import Tie, plain
from sayso.records import Article, Claim, SourceKind

STANDARD: Final = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#",
}
#: only who is named is an information source; "a person close to the club" is none
_NAMED: Final[frozenset[SourceKind]] = frozenset(("person", "organisation", "outlet", "document"))


def ninjs(
    article: Article,
    claims: Iterable[Claim] = (),
    *,
    copy_of: Article | None = None,
    ties: Iterable[Tie] = (),
    articles: Mapping[str, Article] | None = None,
    base: str | None = None,
) -> dict[str, Any]:
    """An article as a news object: `claims` give its named sources, `ties` the articles (of `articles`) it relays."""
    said = [claim for claim in claims if claim.article == article.id]
    related = _related(article, {claim.id for claim in said}, copy_of, ties, articles or {})
    made: dict[str, Any] = {
        "uri": iri("article", article.id, base),
        "standard": STANDARD,
        "type": "text",
        "representationType": "full",
        "language": article.language,
        "title": article.title,
        "by": article.author,
        "headlines": [{"role": "main", "contentType": "text/plain", "value": article.title}] if article.title else [],
        "bodies": [
            {
                "role": "main",
                "contentType": "text/plain",
                "charCount": len(article.text),
                "wordCount": len(article.text.split()),
                "value": article.text,
            }
        ],
        "infoSources": [*_publisher(article), *_sources(said)],
        "altIds": _ids(article),
        "renditions": _page(article),
        "associations": [_associated(other, rel, base) for other, rel in related],
    }
    return {key: value for key, value in made.items() if value not in (None, [])}


def _publisher(article: Article) -> list[dict[str, str]]:
    return [{"name": article.outlet.name, "role": "publisher"}] if article.outlet.name else []


def _sources(claims: Iterable[Claim]) -> list[dict[str, str]]:
    """Each named source once, in the order of the text."""
    named: dict[str, str] = {}
    for claim in claims:
        if claim.source.name and claim.source.kind in _NAMED:
            named.setdefault(plain(claim.source.name), claim.source.name)
    return [{"name": name, "role": "informationSource"} for name in named.values()]


def _ids(article: Article) -> list[dict[str, str]]:
    made = [{"role": "sayso", "value": article.id}]
    days = (("published-from", article.published.start), ("published-until", article.published.end))
    return made + [{"role": role, "value": day.isoformat()} for role, day in days if day]


def _page(article: Article) -> list[dict[str, str]]:
    page = link(article.url)
    return [{"name": "web", "href": page, "contentType": "text/html"}] if page else []


def _related(
    article: Article,
    said: set[str],
    copy_of: Article | None,
    ties: Iterable[Tie],
    articles: Mapping[str, Article],
) -> list[tuple[Article, str]]:
    """What the article copies and relays, each other article once."""
    found = {copy_of.id: (copy_of, "copyOf")} if copy_of else {}
    for tie in ties:
        if tie.claim in said and tie.article in articles and tie.article != article.id:
            found.setdefault(tie.article, (articles[tie.article], "relays"))
    return list(found.values())


def _associated(other: Article, rel: str, base: str | None) -> dict[str, Any]:
    name = other.title or other.outlet.name or other.id
    return {"name": name, "rel": rel, "uri": iri("article", other.id, base), "type": "text", "altIds": _ids(other)}
