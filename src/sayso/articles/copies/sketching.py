"""What is kept of an article to tell its copies by: a few keys to find them under, and hashes to judge them by.

A key is the least hash among the six-word runs of one sentence (min-wise hashing, Broder 1997, with the sentence as the document),
so that a copy shares a key for nearly every sentence it took, however little of it is left or how much was put around it.
docs/copies.md has the comparison with MinHash bands over the whole text.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sayso.articles.copies.credits import Credit, body_start, credits_of, has_dateline, stamp
from sayso.articles.copies.words import Line, lines
from sayso.records import Article

RUN = 4  # words in a run that is compared
KEY_RUN = 6  # words in a run that keys are made of
MOST_KEYS = 48
MOST_PER_KEY = 64
MOST_CANDIDATES = 32
_BYTES = 3  # of a hash
_LEAST_WORDS = 8  # own words of a sentence that makes a key


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as hashes: offsets, number of the article's own words, runs of these and of quoted words (24 bits each: with the
    few hundred of an article, one in some 30,000 is found by accident).
    """

    start: int
    end: int
    words: int
    own: tuple[int, ...]
    quoted: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sketch:
    """An article as copies are told by. `bands` are the keys to find it under; `digest` is of all its words, house style aside;
    `first` and `last` are ISO days between which it was published, `stamp` the second where that is known.
    """

    article: str
    bands: tuple[str, ...]
    digest: str
    sentences: tuple[Sentence, ...]
    outlet: str | None = None
    first: str | None = None
    last: str | None = None
    stamp: int | None = None
    credits: tuple[Credit, ...] = ()
    dateline: bool = False


def sketch(article: Article) -> Sketch:
    """The sketch of an article; the headline on top of its text is left out, since copies get new ones."""
    found = list(lines(article.text, body_start(article)))
    digest = _hash(" ".join(word for line in found for word in sorted((*line.own, *line.quoted))))
    published = article.published
    return Sketch(
        article.id,
        _bands(found, digest),
        f"{digest:016x}",
        tuple(Sentence(x.start, x.end, len(x.own), tuple(_runs(x.own)), tuple(_runs(x.quoted))) for x in found),
        article.outlet.name,
        published.start.isoformat() if published.start else None,
        published.end.isoformat() if published.end else None,
        stamp(published),
        credits_of(article),
        has_dateline(article),
    )


def shortlist(shared: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The articles worth judging out of (key, article) rows found under a sketch's keys: those that share most keys.

    Ask for at most MOST_PER_KEY rows of each key, whichever they are: a phrase that every report has is then cheap, and of a report
    printed a hundred times any copy leads to the original.
    """
    counts = Counter(article for _, article in shared)
    return tuple(
        article for article, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_CANDIDATES]
    )


def pack(one: Sketch) -> str:
    """A sketch as one line of JSON, hashes in base64, about two thirds as long as the text."""
    numbers = [n for s in one.sentences for n in (s.start, s.end, s.words, len(s.own), len(s.quoted))]
    hashes = b"".join(h.to_bytes(_BYTES, "big") for s in one.sentences for h in (*s.own, *s.quoted))
    kept = {
        "article": one.article,
        "bands": one.bands,
        "digest": one.digest,
        "numbers": numbers,
        "hashes": base64.b64encode(hashes).decode(),
        "told": [one.outlet, one.first, one.last, one.stamp, one.dateline],
        "credits": [[c.name, c.words] for c in one.credits],
    }
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def unpack(data: str) -> Sketch:
    """The sketch that `pack` wrote."""
    kept = json.loads(data)
    packed = base64.b64decode(kept["hashes"])
    hashes = [int.from_bytes(packed[i : i + _BYTES], "big") for i in range(0, len(packed), _BYTES)]
    sentences, at, numbers = [], 0, kept["numbers"]
    for i in range(0, len(numbers), 5):
        start, end, words, own, quoted = numbers[i : i + 5]
        sentences.append(
            Sentence(start, end, words, tuple(hashes[at : at + own]), tuple(hashes[at + own : at + own + quoted]))
        )
        at += own + quoted
    outlet, first, last, seconds, dateline = kept["told"]
    credit = tuple(Credit(name, words) for name, words in kept["credits"])
    return Sketch(
        kept["article"],
        tuple(kept["bands"]),
        kept["digest"],
        tuple(sentences),
        outlet,
        first,
        last,
        seconds,
        credit,
        dateline,
    )


def _bands(found: Sequence[Line], digest: int) -> tuple[str, ...]:
    """One key for the whole, and the least run of each sentence that is long enough: the least of these, where there are many."""
    if not found:
        return ()
    least = {min(_hash(run) for run in _joined(line.own, KEY_RUN)) for line in found if len(line.own) >= _LEAST_WORDS}
    return (f"={digest >> 16:012x}", *(f"{key >> 16:012x}" for key in sorted(least)[:MOST_KEYS]))


def _runs(words: tuple[str, ...]) -> Iterator[int]:
    return (_hash(run) >> 8 * (8 - _BYTES) for run in _joined(words, RUN))


def _joined(words: tuple[str, ...], size: int) -> Iterator[str]:
    """The runs of a sentence; one that is shorter is one run."""
    return (" ".join(words[i : i + size]) for i in range(max(len(words) - size + 1, min(len(words), 1))))


def _hash(words: str) -> int:
    return int.from_bytes(hashlib.blake2b(words.encode(), digest_size=8).digest(), "big")
