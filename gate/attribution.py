"""Attribution: who said what. A PolNeAR folder (brat), a CofeNet file (JSON lines) or our own marked paragraphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from corpora.annotated import Annotated
from corpora.cofenet import Line, read_cofenet
from corpora.marked import read_marked
from corpora.polnear import read_polnear
from corpora.scoring import ROLES, Score, match
from gate.errors import Fault
from sayso.reading.attribution import Attributor
from sayso.reading.certainty import certainty
from sayso.reading.claims import outer_first
from sayso.reading.decode import Spans
from sayso.reading.reader import Reader

_NO_NAME = frozenset("the a an sir dame lord lady mr mrs ms dr professor judge sheriff".split())
_AFTER_NOUN = frozenset("of for from in at on to with who which that whose hearing by".split())


def measure(path: Path, reader: Reader) -> tuple[dict[str, Any], list[Fault]]:
    """Figures of one folder or file, and its faults. Raises FileNotFoundError where nothing is there to score."""
    if path.is_file():
        return lines(read_cofenet(path), reader)
    if (path / "attributions").is_dir():
        return articles(first_annotators(read_polnear(path)), reader)
    raise FileNotFoundError(f"{path} is neither a folder with text/ and attributions/ nor a file of CofeNet lines")


def first_annotators(items: Sequence[Annotated]) -> list[Annotated]:
    """One annotation of each article: the first by annotator's name, so that no article counts several times."""
    chosen: dict[str, Annotated] = {}
    for item in items:
        chosen.setdefault(item.id, item)
    return list(chosen.values())


def articles(items: Sequence[Annotated], reader: Reader) -> tuple[dict[str, Any], list[Fault]]:
    """Spans and whole attributions of marked texts."""
    score, faults = Score(), list[Fault]()
    for item in items:
        spans = reader.spans(item.text)
        marked = {role: [s for g in item.attributions for s in getattr(g, role)] for role in ROLES}
        score.add_spans(by_role(spans), marked, roughly(spans))
        score.add_attributions(spans.attributions, item.attributions)
        faults += _faults(item, spans)
    return {"articles": len(items), **score.figures()}, faults


def lines(items: Sequence[Line], reader: Reader) -> tuple[dict[str, Any], list[Fault]]:
    """Exact spans of CofeNet lines, token for token, each line read by itself as in the published table."""
    score, faults = Score(), list[Fault]()
    for line in items:
        read = reader.spans(line.text)
        found, rough = (
            {role: [in_tokens(s, line.tokens) for s in spans] for role, spans in listed.items()}
            for listed in (by_role(read), roughly(read))
        )
        marked = {role: [(a, b) for r, a, b in line.spans if r == role] for role in ROLES}
        score.add_spans(found, marked, rough)
        for role in ROLES:
            for start, end in set(marked[role]) ^ set(found[role]):
                sort = "missed" if (start, end) in marked[role] else "wrong"
                faults.append(Fault(line.id, f"{sort} {role}", " ".join(_words(line, start, end)), line.text))
    figures = score.figures()
    return {"lines": len(items), "exact": figures["exact"], "overlap": figures["overlap"]}, faults


def own(paths: Sequence[Path], reader: Reader) -> tuple[dict[str, Any], list[Fault]]:
    """Our own marked paragraphs: spans, whole attributions, and kind, origin and certainty of those that were found."""
    items = [item for path in paths for item in read_marked(path)]
    figures, faults = articles(items, reader)
    counts: Counter[str] = Counter()
    for item in items:
        spans = reader.spans(item.text)
        attributor = Attributor(item.text, outlet=item.outlet)
        found = sorted(spans.attributions, key=outer_first)
        told = [attributor.settle(one) for one in found]
        for i, j in match(found, item.attributions):
            gold, ours = item.attributions[j], told[i]
            content = " ".join(item.text[a:b] for a, b in found[i].content)
            sure = certainty(content, item.text[slice(*found[i].cue)], modelled=found[i].certainty)
            wanted = gold.certainty or 0
            counts["matched"] += 1
            counts["kind"] += ours.source.kind == gold.kind
            links = [link for one in item.attributions for link in one.chain]
            for figure, named, wants in (
                ("name", ours.chain[0].name if ours.chain else None, gold.chain[0]),
                ("origin", ours.origin, gold_origin(gold.kind, gold.chain)),
            ):
                counts[figure] += same_name(named, wants) or (
                    ours.source.kind == gold.kind and same_entity(named, wants, links)
                )
                counts[f"{figure} to the letter"] += same_name(named, wants)
            counts["certainty within 1"] += sure is not None and abs(sure - wanted) <= 1
            counts["certainty sign"] += sure is not None and (sure > 0) - (sure < 0) == (wanted > 0) - (wanted < 0)
            if ours.source.kind != gold.kind:
                faults.append(
                    Fault(item.id, f"kind {gold.kind} read as {ours.source.kind}", ours.source.name or "", content)
                )
    of = counts.pop("matched", 0)
    return figures | {
        "matched": of,
        **{k: round(100 * v / of, 2) if of else 0.0 for k, v in sorted(counts.items())},
    }, faults


def gold_origin(kind: str | None, chain: Sequence[str]) -> str | None:
    """The first identifiable link of a marked chain."""
    if kind == "unnamed":
        return chain[1] if len(chain) > 2 else None
    if kind == "anonymous":
        named = [link for link in chain[1:] if link[:1].isupper() or link[:4] == "the "]
        return named[0] if named else None
    return chain[0]


def same_name(ours: str | None, theirs: str | None) -> bool:
    """Equal but for articles, case and the form of the apostrophe."""

    def plain(name: str | None) -> str | None:
        return name.lower().replace("’", "'").removeprefix("the ").strip() if name and name != "?" else None

    return plain(ours) == plain(theirs)


def same_entity(ours: str | None, theirs: str | None, links: Iterable[str]) -> bool:
    """Whether two unlike names are of one person or thing: one says less of it ("Kane" for "Roswitha Kane", "the trust" for "the canal trust"),
    in words that fit nobody else among the links of the article.
    """
    if not ours or not theirs or "?" in (ours, theirs):
        return False
    return _says_less(ours, theirs) and not any(
        _says_less(ours, link) for link in links if not same_name(link, theirs) and not _says_less(link, theirs)
    )


def _says_less(one: str, other: str) -> bool:
    """Whether one name's words are all among the other's, and both are names or both descriptions with the same noun."""
    (a, noun_a), (b, noun_b) = _words_and_noun(one), _words_and_noun(other)
    return bool(a and b) and (a <= b or b <= a) and noun_a == noun_b


def _words_and_noun(name: str) -> tuple[frozenset[str], str | None]:
    """A name's words without articles and titles, and the noun that a description is about (None of a name)."""
    words = [w for w in name.replace("’", "'").split() if w.lower().strip(".") not in _NO_NAME]
    if words and all(w[:1].isupper() for w in words) and not any(w.endswith(("'s", "s'")) for w in words):
        return frozenset(w.lower() for w in words), None
    head = next((i for i, w in enumerate(words) if w.lower() in _AFTER_NOUN or w[-1:] == ","), len(words))
    noun = words[max(head - 1, 0)].lower() if words else None
    return frozenset(w.lower().strip(",") for w in words), noun


def by_role(spans: Spans) -> dict[str, tuple[tuple[int, int], ...]]:
    """The spans of each role."""
    return {"source": spans.source, "cue": spans.cue, "content": spans.content}


def roughly(spans: Spans) -> dict[str, tuple[tuple[int, int], ...]]:
    """Where something of each role is, whatever its ends; as listed, by a reader that makes no difference."""
    return dict(zip(ROLES, spans.rough, strict=True)) if any(spans.rough) else by_role(spans)


def in_tokens(span: tuple[int, int], tokens: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The tokens that a character span touches, end exclusive."""
    touched = [i for i, (a, b) in enumerate(tokens) if a < span[1] and span[0] < b]
    return (touched[0], touched[-1] + 1) if touched else (0, 0)


def _words(line: Line, start: int, end: int) -> list[str]:
    return [line.text[a:b] for a, b in line.tokens[start:end]]


def _faults(item: Annotated, spans: Spans) -> list[Fault]:
    paired = match(spans.attributions, item.attributions)
    hit, covered = {i for i, _ in paired}, {j for _, j in paired}
    faults = []
    for i, ours in enumerate(spans.attributions):
        if i not in hit:
            faults.append(_fault(item, "wrong", ours.source, ours.cue, ours.content))
    for j, gold in enumerate(item.attributions):
        if j not in covered:
            faults.append(_fault(item, "missed", gold.source, gold.cue[0] if gold.cue else (0, 0), gold.content))
    return faults


def _fault(
    item: Annotated,
    sort: str,
    source: tuple[tuple[int, int], ...],
    cue: tuple[int, int],
    content: tuple[tuple[int, int], ...],
) -> Fault:
    words = " / ".join(" … ".join(item.text[a:b] for a, b in pieces) or "∅" for pieces in (source, (cue,), content))
    start = max(0, min([cue[0], *(c[0] for c in content)]) - 80)
    return Fault(item.id, sort, words, item.text[start : cue[1] + 160].replace("\n", " ¶ "))
