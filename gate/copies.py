"""Copies: real articles edited by a seeded set of rules, against real reports by two newsrooms on one event.

Takes a folder with stories (`story` or `incident` in .jsonl: SEESAW, BASIL, PAC, GVC) and energy chains (articles, and two coders' pairs).

*Made copies.* Of every article of 150 words or more, one copy by each rule of EDITS, under a new id and outlet. A third of them
are dated one to three days later, a third carry a wire credit to the first outlet and no date, a third tell nothing. A copy has to share a key
with its original and be judged one.

*Near pairs.* Two articles of one story, from two outlets. Set aside, and reported apart, as shared in fact: where both name one agency in head or
tail, or where runs of twelve words or more, outside quotation marks, that stand word for word in both make fifty words together. The rest are no copies. Each is
judged once as it is, and once after up to eight quoted sentences of the one were put into the other.

*Twice collected.* Articles whose title (of four words or more) stands in two sets are one article cleaned by two hands: found or not, with all
articles placed one after another by their keys. What is joined there beyond these and the pairs of one story is told among the errors.

`precision` is what it would be among as many copies (all rules in equal parts) as near pairs (both sorts). Stories are halved by a hash of their
name: thresholds were set on `tuned on`, the figures at the top are those of the other half.
The rule for setting aside is no blind one: it was widened after the joined pairs of both halves had been read (docs/copies.md has the figures before).
"""

from __future__ import annotations

import csv
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path
from typing import Any

from gate.errors import Fault
from sayso.articles.copies import MOST_PER_KEY, Sketch, copies_of, judge, place, shortlist, sketch
from sayso.reading.reader import Reader
from sayso.records import Article, Copy, Outlet, Published, content_id

LEAST_WORDS = 150
RUN, SHARED = 12, 50  # words in a run, words in all such runs, that two newsrooms do not both write by chance
_IN_MARKS = re.compile(r"“[^”]{0,1500}”|\"[^\"\n]{0,1500}\"|(?<!\w)‘[^’\n]{20,}’(?!\w)")
_QUOTED = re.compile(r"[“\"][^”\"\n]{25,}[”\"]")
_AGENCY = re.compile(r"\b(Associated Press|AP|Reuters|AFP|Agence France-Presse|UPI|Bloomberg News)\b")
_SAME_AGENCY = {"Associated Press": "AP", "Agence France-Presse": "AFP"}


@dataclass(frozen=True, slots=True)
class Told:
    """An article, and the set and story it comes from."""

    article: Article
    group: str
    story: str


def measure(path: Path, _reader: Reader) -> tuple[dict[str, Any], list[Fault]]:
    """Figures of both halves, and what was missed or wrongly joined. Raises FileNotFoundError where no stories are there."""
    told, pairs = load(path)
    if not told:
        raise FileNotFoundError(f"{path} holds no articles with story or incident, and no energy chains")
    sketches = {t.article.id: sketch(t.article) for t in told}
    halves = {}
    faults: list[Fault] = []
    for half in (0, 1):
        ours = [t for t in told if _half(t) == half]
        halves[half], wrong = _measured(ours, [p for p in pairs if _half(p[0]) == half], sketches)
        faults += wrong
    pool, wrong = pooled(told, pairs, sketches)
    return {**halves[1], "pool": pool, "tuned on": halves[0]}, faults + wrong


def _measured(
    told: Sequence[Told], pairs: Sequence[tuple[Told, Told]], sketches: dict[str, Sketch]
) -> tuple[dict[str, Any], list[Fault]]:
    recall, faults = made(told, sketches)
    near, wrong = apart(pairs, sketches)
    found = sum(rule["found"] for rule in recall["by edit"].values()) / max(len(recall["by edit"]), 1)
    false = 100 * (near["as they are"]["joined"] + near["same quotations"]["joined"]) / max(2 * near["pairs"], 1)
    precision = 100 * found / (found + false) if found else 0.0
    figures = {
        "precision": round(precision, 2),
        "recall": round(found, 2),
        "f1": round(2 * precision * found / (precision + found), 2) if found else 0.0,
    }
    return {**figures, "copies": recall, "near": near}, faults + wrong


# ── made copies ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def made(told: Sequence[Told], sketches: dict[str, Sketch]) -> tuple[dict[str, Any], list[Fault]]:
    """Recall by edit, how often the right one is called the original by what was told, and how well added words are marked."""
    by_edit: dict[str, Counter[str]] = defaultdict(Counter)
    order: dict[str, Counter[str]] = defaultdict(Counter)
    spans: Counter[str] = Counter()
    faults = []
    long = [t for t in told if len(t.article.text.split()) >= LEAST_WORDS]
    for number, one in enumerate(long):
        chance = random.Random(content_id(one.article.text))
        others = [t.article for t in long if t.story != one.story] or [t.article for t in long]
        near = [t.article for t in long if t.story == one.story and t is not one]
        for place_in_turn, (edit, rule) in enumerate(EDITS.items()):
            title, body, paragraph = rule(one.article, near, others, chance)
            tells = ("dated", "credited", "nothing told")[(number + place_in_turn) % 3]
            original, copy = _published(one.article, title, body, tells, edit)
            first, second = sketches[original.id] if original is one.article else sketch(original), sketch(copy)
            found = judge(first, second) if set(first.bands) & set(second.bands) else None
            by_edit[edit]["made"] += 1
            by_edit[edit]["found"] += found is not None
            by_edit[edit][found.kind if found else "missed"] += 1
            if found is None:
                faults.append(Fault(one.article.id, f"missed {edit}", title, body[:200].replace("\n", " ¶ ")))
                continue
            order[tells]["of"] += 1
            order[tells]["right"] += found.original == original.id
            if paragraph and edit == "paragraph" and found.article == copy.id:
                spans.update(_marked(copy.text, paragraph, found))
    return {
        "made": sum(c["made"] for c in by_edit.values()),
        "by edit": {
            edit: {
                "found": _percent(c["found"], c["made"]),
                **{k: c[k] for k in ("exact", "syndicated", "rewrite") if c[k]},
            }
            for edit, c in by_edit.items()
        },
        "original right": {tells: _percent(c["right"], c["of"]) for tells, c in sorted(order.items())},
        "added paragraph": {
            "characters marked": _percent(spans["hit"], spans["added"]),
            "marked that are added": _percent(spans["hit"], spans["marked"]),
        },
    }, faults


def _published(first: Article, title: str, body: str, tells: str, edit: str) -> tuple[Article, Article]:
    """The original and its copy, with what the third it falls in tells of their order."""
    outlet = first.outlet.name or "Northwire"
    first = first if first.outlet.name else replace(first, outlet=Outlet(outlet, "given"))
    day = first.published.day or date(2020, 1, 1)
    published = Published()
    if tells == "dated":
        first = replace(first, published=Published(day, day, "given"))
        later = day + timedelta(days=1 + len(body) % 3)
        published = Published(later, later, "given")
    elif tells == "credited":
        body = [f"({outlet}) - {body}", f"{body}\nThis article was originally published by {outlet}."][len(body) % 2]
    copy = Article(
        content_id(first.id, edit),
        f"{title}\n\n{body}",
        title,
        Outlet("The Saltmere Packet", "given"),
        published=published,
    )
    return first, copy


def _marked(text: str, paragraph: str, found: Copy) -> Counter[str]:
    start = text.index(paragraph)
    new = set(range(start, start + len(paragraph)))
    marked = {i for a, b in found.added for i in range(a, b) if not text[i].isspace()}
    new = {i for i in new if not text[i].isspace()}
    return Counter(hit=len(new & marked), added=len(new), marked=len(marked))


# ── near pairs ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def apart(pairs: Sequence[tuple[Told, Told]], sketches: dict[str, Sketch]) -> tuple[dict[str, Any], list[Fault]]:
    """How many near pairs are wrongly called copies, and how many of those that were set aside are called so."""
    faults, counts = [], Counter[str]()
    for one, other in pairs:
        a, b = one.article, other.article
        found = judge(sketches[a.id], sketches[b.id])
        if why := shared(a, b):
            counts[why] += 1
            counts[f"{why}, called copies"] += found is not None
            continue
        counts["pairs"] += 1
        quoting = replace(b, id=f"{b.id}-quoting", text=_with_quotations(a, b))
        for sort, made in (("as they are", found), ("same quotations", judge(sketches[a.id], sketch(quoting)))):
            counts[sort] += made is not None
            if made is not None:
                faults.append(
                    Fault(
                        f"{a.id} {b.id}", f"joined, {sort}", f"{a.title} / {b.title}", f"{made.share}: {made.evidence}"
                    )
                )
    ours = {
        sort: {"joined": counts[sort], "percent": _percent(counts[sort], counts["pairs"])}
        for sort in ("as they are", "same quotations")
    }
    aside = {
        why: {"pairs": counts[why], "called copies": counts[f"{why}, called copies"]}
        for why in (_SAME_WORDS, _ONE_AGENCY)
    }
    return {"pairs": counts["pairs"], **ours, "set aside": aside}, faults


_SAME_WORDS, _ONE_AGENCY = "same words", "one agency"


def shared(one: Article, other: Article) -> str | None:
    """Why two reports rest on one text in fact, by a rule of its own, or None."""
    runs = SequenceMatcher(None, _words(one), _words(other), autojunk=False).get_matching_blocks()
    if sum(run.size for run in runs if run.size >= RUN) >= SHARED:
        return _SAME_WORDS
    return _ONE_AGENCY if _agencies(one) & _agencies(other) else None


def _words(article: Article) -> list[str]:
    """The words of the text as they are, a bar for each quotation."""
    return re.findall(r"\w+|\|", _IN_MARKS.sub(" | ", article.text.removeprefix(article.title or "")))


def _agencies(article: Article) -> set[str]:
    body = article.text.removeprefix(article.title or "").strip()
    found = _AGENCY.findall(f"{article.outlet.name or ''}\n{body[:150]}\n{body[-250:]}")
    return {_SAME_AGENCY.get(name, name) for name in found}


def _with_quotations(giver: Article, taker: Article) -> str:
    """The taker's text with quotations of the giver's put between its paragraphs, as its own reporters would have noted them down."""
    paragraphs = taker.text.split("\n")
    for number, words in enumerate(_QUOTED.findall(giver.text)[:8]):
        paragraphs.insert(min(len(paragraphs), 2 * number + 3), words)
    return "\n".join(paragraphs)


# ── the pool ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def pooled(
    told: Sequence[Told], pairs: Sequence[tuple[Told, Told]], sketches: dict[str, Sketch]
) -> tuple[dict[str, Any], list[Fault]]:
    """All articles placed one after another by their keys alone: what is joined across stories, and what was collected twice."""
    by_id = {t.article.id: t for t in told}
    shelf: dict[str, list[str]] = defaultdict(list)
    links = set[frozenset[str]]()
    fetched = 0
    for one in told:
        new = sketches[one.article.id]
        candidates = [sketches[i] for i in shortlist((key, i) for key in new.bands for i in shelf[key][:MOST_PER_KEY])]
        fetched += len(candidates)
        placed = place(new, candidates)
        links |= {
            frozenset((c.article, c.original)) for c in (*([placed] if placed else []), *copies_of(new, candidates))
        }
        for key in new.bands:
            shelf[key].append(new.article)
    twice = {frozenset((a.article.id, b.article.id)) for a, b in _twice(told)}
    near = {frozenset((a.article.id, b.article.id)) for a, b in pairs}
    group = _groups(sorted(link) for link in links)
    stray = sorted(links - twice - near, key=sorted)
    faults = [
        Fault(
            " ".join(sorted(link)),
            "joined across stories",
            " / ".join(str(by_id[i].article.title) for i in sorted(link)),
            "",
        )
        for link in stray
    ]
    return {
        "articles": len(told),
        "candidates each": round(fetched / len(told), 2),
        "collected twice": len(twice),
        "found": _percent(sum(group(a) == group(b) for a, b in twice), len(twice)),
        "joined across stories": len(stray),
    }, faults


def _twice(told: Sequence[Told]) -> Iterator[tuple[Told, Told]]:
    titled: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        title = " ".join(re.findall(r"\w+", (one.article.title or "").lower()))
        if title.count(" ") >= 3:
            titled[title].append(one)
    for same in titled.values():
        yield from ((a, b) for a, b in combinations(same, 2) if a.group != b.group)


def _groups(pairs: Iterable[Iterable[str]]) -> Callable[[str], str]:
    """Names every article by the group that it is joined into by the pairs."""
    root: dict[str, str] = {}

    def of(one: str) -> str:
        while root.setdefault(one, one) != one:
            one = root[one]
        return one

    for a, b in pairs:
        root[of(a)] = of(b)
    return of


# ── the rules by which copies are made ────────────────────────────────────────────────────────────────────────────────────

Made = tuple[str, str, str]  # title, body, the paragraph that was added or ""
Rule = Callable[[Article, Sequence[Article], Sequence[Article], random.Random], Made]


def _parts(article: Article) -> tuple[str, list[str]]:
    """The title, and the paragraphs under it (in SEESAW and PAC each is a sentence)."""
    title = article.title or ""
    return title, [p for p in article.text.removeprefix(title).split("\n") if p.strip()]


def _exact(article: Article, _near: Sequence[Article], _others: Sequence[Article], _chance: random.Random) -> Made:
    title, paragraphs = _parts(article)
    return title, "\n".join(paragraphs), ""


def _truncated(article: Article, _near: Sequence[Article], _others: Sequence[Article], chance: random.Random) -> Made:
    """The first 30 to 70 percent of its words, in whole paragraphs, 60 at least."""
    title, paragraphs = _parts(article)
    return title, "\n".join(_cut(paragraphs, chance)), ""


def _cut(paragraphs: Sequence[str], chance: random.Random) -> list[str]:
    least = max(60, chance.uniform(0.3, 0.7) * sum(len(p.split()) for p in paragraphs))
    kept: list[str] = []
    for paragraph in paragraphs:
        if sum(len(p.split()) for p in kept) >= least:
            break
        kept.append(paragraph)
    return kept


def _headline(article: Article, near: Sequence[Article], others: Sequence[Article], chance: random.Random) -> Made:
    _, paragraphs = _parts(article)
    return chance.choice(near or others).title or "", "\n".join(paragraphs), ""


def _paragraph(article: Article, _near: Sequence[Article], others: Sequence[Article], chance: random.Random) -> Made:
    """Forty words or more of an article of another story, anywhere but on top."""
    title, paragraphs = _parts(article)
    added = _other_paragraph(others, chance)
    paragraphs.insert(chance.randint(1, len(paragraphs)), added)
    return title, "\n".join(paragraphs), added


def _other_paragraph(others: Sequence[Article], chance: random.Random) -> str:
    words = _parts(chance.choice(others))[1]
    at = chance.randrange(len(words))
    taken: list[str] = []
    for paragraph in words[at:] + words[:at]:
        taken.append(paragraph)
        if sum(len(p.split()) for p in taken) >= 40:
            break
    return " ".join(taken)


def _reworded(article: Article, _near: Sequence[Article], _others: Sequence[Article], chance: random.Random) -> Made:
    title, paragraphs = _parts(article)
    return title, "\n".join(_rewording(paragraphs, chance)), ""


def _rewording(paragraphs: Sequence[str], chance: random.Random) -> list[str]:
    """Ten to forty percent of the sentences, in other words."""
    share = chance.uniform(0.1, 0.4)
    made = []
    for paragraph in paragraphs:
        sentences = re.split(r"(?<=[.!?]) (?=[A-Z“\"])", paragraph)
        made.append(" ".join(reword(s, chance) if chance.random() < share else s for s in sentences))
    return made


def _styled(article: Article, _near: Sequence[Article], _others: Sequence[Article], chance: random.Random) -> Made:
    title, paragraphs = _parts(article)
    return title, style("\n".join(paragraphs), chance), ""


def _combined(article: Article, near: Sequence[Article], others: Sequence[Article], chance: random.Random) -> Made:
    """Two to four of: cut, reworded, a paragraph added, another house style; always a new headline."""
    title, paragraphs = _parts(article)
    title = chance.choice(near or others).title or title
    steps = chance.sample(["cut", "reworded", "paragraph", "style"], chance.randint(2, 4))
    if "cut" in steps:
        paragraphs = _cut(paragraphs, chance)
    if "reworded" in steps:
        paragraphs = _rewording(paragraphs, chance)
    body = "\n".join(paragraphs)
    body = style(body, chance) if "style" in steps else body
    return title, f"{body}\n{_other_paragraph(others, chance)}" if "paragraph" in steps else body, ""


def _rewrite(article: Article, near: Sequence[Article], others: Sequence[Article], chance: random.Random) -> Made:
    """Half of its sentences, whole and in order, with as many of another report on the event between them."""
    host = chance.choice(near or others)
    taken, own = (re.split(r"(?<=[.!?]) (?=[A-Z“\"])|\n+", "\n".join(_parts(a)[1])) for a in (article, host))
    chosen = sorted(chance.sample(range(len(taken)), max(len(taken) // 2, 1)))
    made = [own[0]]
    for number, at in enumerate(chosen):
        made += [taken[at], *own[number + 1 : number + 2]]
    return host.title or "", "\n".join(made), ""


EDITS: dict[str, Rule] = {
    "exact": _exact,
    "truncated": _truncated,
    "headline": _headline,
    "paragraph": _paragraph,
    "reworded": _reworded,
    "style": _styled,
    "combined": _combined,
    "rewrite": _rewrite,
}

_SYNONYMS = dict(
    pair.split("=")
    for pair in (
        "said=stated but=however also=too after=following before=ahead~of about=roughly because=since many=numerous more~than=over told=informed "
        "called=termed people=persons show=demonstrate showed=demonstrated help=aid big=large began=started begin=start ended=finished "
        "asked=requested added=went~on~to~say according~to=in~the~words~of announced=made~known plans=intends expected=anticipated while=whereas "
        "against=opposed~to including=among~them under=beneath during=in~the~course~of former=one-time several=some new=fresh last=past next=coming "
        "first=initial made=produced make=produce used=employed use=employ would=might could=was~able~to will=is~going~to has~been=was have~been=were "
        "must=has~to only=just support=back supported=backed decision=ruling officials=authorities official=functionary leader=chief "
        "government=authorities president=head~of~state company=firm group=body members=participants state=federal~state law=statute bill=draft~law "
        "issue=matter question=query problem=difficulty report=account reported=related campaign=drive election=vote voters=the~electorate "
        "killed=slain shot=gunned~down police=officers man=male woman=female children=youngsters money=funds year=twelvemonth years=twelvemonths"
    ).split()
    for pair in [pair.replace("~", " ")]
)
_SYNONYM = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, _SYNONYMS), key=len, reverse=True))})\b")
_DAY = re.compile(
    r"^(?P<rest>[A-Z][^“”\"]+?),? (?P<day>on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|last (?:week|month|year|night))(?P<end>[,. ].*)$"
)
_SAID_LAST = re.compile(r"^(?P<what>[A-Z][^“”\"]{20,}), (?P<who>[^,“”\"]{3,60}?) (?P<verb>said|says|added|reported)\.$")
_ASIDE = re.compile(r", [^,“”\"]{8,70}, ")


def reword(sentence: str, chance: random.Random) -> str:
    """A sentence in other words: its order turned where a rule fits, an aside dropped, and the common words replaced."""
    if turned := _SAID_LAST.match(sentence):
        sentence = f"{turned['who'][:1].upper()}{turned['who'][1:]} {turned['verb']} that {turned['what'][:1].lower()}{turned['what'][1:]}."
    elif turned := _DAY.match(sentence):
        sentence = f"{turned['day'][:1].upper()}{turned['day'][1:]}, {turned['rest'][:1].lower()}{turned['rest'][1:]}{turned['end']}"
    if chance.random() < 0.5:
        sentence = _ASIDE.sub(" ", sentence, count=1)
    pieces = re.split(r"([“\"][^”\"]*[”\"])", sentence)  # a quotation is never reworded
    return "".join(p if p[:1] in '“"' and p else _SYNONYM.sub(lambda m: _SYNONYMS[m[0]], p) for p in pieces)


_BRITISH = dict(
    pair.split("=")
    for pair in (
        "organization=organisation organizations=organisations organize=organise organized=organised recognize=recognise recognized=recognised "
        "criticize=criticise criticized=criticised criticizing=criticising authorize=authorise authorized=authorised authorization=authorisation "
        "apologize=apologise apologized=apologised emphasized=emphasised realize=realise realized=realised legalization=legalisation "
        "legalize=legalise legalized=legalised summarized=summarised minimize=minimise mobilize=mobilise analyze=analyse analyzed=analysed "
        "color=colour favor=favour favored=favoured favorite=favourite honor=honour honored=honoured labor=labour neighbor=neighbour "
        "neighbors=neighbours neighborhood=neighbourhood behavior=behaviour rumor=rumour rumors=rumours harbor=harbour humor=humour "
        "center=centre centers=centres theater=theatre meter=metre meters=metres liter=litre fiber=fibre caliber=calibre "
        "traveled=travelled traveling=travelling canceled=cancelled canceling=cancelling labeled=labelled signaled=signalled modeling=modelling "
        "counselor=counsellor fueled=fuelled defense=defence offense=offence license=licence pretense=pretence program=programme programs=programmes "
        "dialog=dialogue catalog=catalogue gray=grey aging=ageing judgment=judgement skeptical=sceptical toward=towards among=amongst "
        "while=whilst adviser=advisor advisers=advisors fulfill=fulfil enrollment=enrolment maneuver=manoeuvre aluminum=aluminium"
    ).split()
)
_BRITISH_WORD = re.compile(rf"\b(?:{'|'.join(_BRITISH)})\b")
_FIGURES = dict(
    zip("two three four five six seven eight nine ten eleven twelve".split(), map(str, range(2, 13)), strict=True)
)
_FIGURE = re.compile(rf"\b(?:{'|'.join(_FIGURES)})\b")
_MONTH = re.compile(r"\b(January|February|August|September|October|November|December)\b(?= \d)")


def style(text: str, chance: random.Random) -> str:
    """Another house's style: British spelling, its marks and dashes, figures, percentages, forms of address, months."""
    text = _BRITISH_WORD.sub(lambda m: _BRITISH[m[0]], text)
    text = _FIGURE.sub(lambda m: _FIGURES[m[0]], text)
    text = re.sub(r"(?<=\d)%| percent\b", " per cent", text)
    text = re.sub(r"\b(Mr|Mrs|Ms|Dr)\. ?", lambda m: chance.choice(["", f"{m[1]} "]), text)
    text = re.sub(r"\bU\.S\.(?! [A-Z][a-z]+\b\.)", "US", text).replace("U.K.", "UK")
    text = _MONTH.sub(lambda m: f"{m[1][:3]}.", text)
    text = re.sub(r" ?(?:—|--) ?", " – ", text)
    marks = str.maketrans("“”", "‘’") if chance.random() < 0.5 else str.maketrans("“”‘’", "\"\"''")
    return re.sub(
        r"(?<!\w)\"|\"(?!\w)", lambda m: "“" if not text[m.start() - 1 : m.start()].strip() else "”", text
    ).translate(marks)


# ── data ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def load(path: Path) -> tuple[list[Told], list[tuple[Told, Told]]]:
    """The articles, and the pairs of one story and two outlets; where no outlet is known, any two of one story."""
    told: list[Told] = []
    pairs: list[tuple[Told, Told]] = []
    for file in [path] if path.is_file() else sorted(path.rglob("*.jsonl")):
        first = next(_records(file), {})
        field = next((f for f in ("incident", "story") if f in first), None)
        beside = file.with_name(file.name.replace("articles.jsonl", "pairs.csv"))
        if "text" not in first or not (field or (beside != file and beside.exists())):
            continue
        records = list(_records(file))
        chain = _groups(() if field else _marked_pairs(beside))
        name = f"gvc {file.stem}" if field == "incident" else file.stem
        ours = [_told(r, name, str(r[field] if field else chain(str(r["id"])))) for r in records]
        told += ours
        if field:
            by_story: dict[str, list[Told]] = defaultdict(list)
            for one in ours:
                by_story[one.story].append(one)
            pairs += [pair for same in by_story.values() for pair in combinations(same, 2) if _two_outlets(*pair)]
        else:
            by_id = {str(r["id"]): t for r, t in zip(records, ours, strict=True)}
            pairs += [(by_id[a], by_id[b]) for a, b in _marked_pairs(beside) if _two_outlets(by_id[a], by_id[b])]
    return told, pairs


def _records(file: Path) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8") as rows:
        for row in rows:
            record = json.loads(row) if row.strip() else None
            if isinstance(record, dict):
                yield record


def _told(record: dict[str, Any], group: str, story: str) -> Told:
    title, text = str(record.get("title") or "").strip(), str(record["text"]).strip()
    day = str(record.get("date") or "")[:10]
    known = date.fromisoformat(day) if re.fullmatch(r"\d{4}-\d\d-\d\d", day) else None
    text = text.removeprefix(title).strip()
    outlet = re.sub(r" \(.*\)$", "", str(record.get("outlet") or ""))  # "CNN (Online News)": the set's own remark
    article = Article(
        content_id(group, str(record.get("url") or record.get("id") or ""), text),
        f"{title}\n\n{text}" if title else text,
        title or None,
        Outlet(outlet, "given") if outlet else Outlet(),
        published=Published(known, known, "given") if known else Published(),
    )
    return Told(article, group, f"{group} {story}")


def _two_outlets(one: Told, other: Told) -> bool:
    names = one.article.outlet.name, other.article.outlet.name
    return None in names or names[0] != names[1]


def _marked_pairs(table: Path) -> list[tuple[str, str]]:
    """Pairs that either coder put into one chain."""
    with table.open(encoding="utf-8", newline="") as rows:
        return [(r["id1"], r["id2"]) for r in csv.DictReader(rows) if "1" in (r["coder1"], r["coder2"])]


def _half(one: Told) -> int:
    return int(content_id(one.story), 16) % 2


def _percent(part: int, of: int) -> float:
    return round(100 * part / of, 2) if of else 0.0
