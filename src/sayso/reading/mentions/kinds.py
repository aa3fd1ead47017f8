"""The kind of a source: by its words, by whom they stand for, by what is said of it and, where these leave it open, by the model."""

from __future__ import annotations

import re
from typing import get_args

from sayso.reading.decode import Found
from sayso.reading.mentions.cast import Cast
from sayso.reading.mentions.find import TITLES, bare, like_a_body
from sayso.reading.mentions.forenames import FIRST_NAMES
from sayso.reading.mentions.heard import Who
from sayso.reading.mentions.nouns import head, plural
from sayso.reading.mentions.outlets import looks_like_outlet
from sayso.reading.mentions.papers import Papers
from sayso.reading.mentions.sorts import REPORTS, is_anonymous, kind_by_words
from sayso.records import SourceKind

_STRONGLY_REPORTS = re.compile(
    r"^(?:(?:has |have |had |also |first |was first to )*(?:report(?:s|ed)?|understands?|learn(?:ed|t)|hears|flashed)|per|via|citing|cites|(?:as )?(?:first )?(?:reported|relayed) by)$",
    re.I,
)
#: one person's word for himself inside a quotation, and what only people do
_OF_ONESELF = re.compile(r"[“\"][^”\"]*\b(?:I|I[’']m|I[’']ve|my)\b")
_PERSONAL = re.compile(
    r"\b(?:admit|vow|insist|jok|recall|remember|reckon|fe(?:el|lt)|wonder|regret|thank|laugh|smil|shrug|grin|th(?:ink|ought)|fear|swears?|describ|refused to be drawn|moan|rage|fume|beam)",
    re.I,
)
#: "Okoro-Blythe": a person's, where nothing shows a body; and so is a lone name before a headline's colon
_DOUBLE_NAME = re.compile(r"[A-ZÀ-Þ][a-zà-ÿ]+-[A-ZÀ-Þ][a-zà-ÿ]+")
_MANY_WHO_DO = re.compile(r"[A-ZÀ-Þ][a-z]+(?:ers|ors|ists|ians)")
#: who reports from somewhere for this outlet
OUR_MAN = re.compile(r"our\s(?:own\s)?(?:man|woman)\s(?:at|in|on)\b", re.I)
_FOREIGN_PAPER = re.compile(r"(?:Il|La|Le|El|Der|Die|Das|Les|Los|Het)\s[A-ZÀ-Þ][\w’'-]+")
_POINTS_TO = re.compile(
    r"(?:according to|per|via|from|[–—-])$|\breport|\bannounc|\bwonder|\bclaim|\bwrit|\bwrote", re.I
)
_KINDS: dict[str, SourceKind] = {kind: kind for kind in get_args(SourceKind)}
#: how sure the model must be of a kind to go against the text's treatment of a name, and to settle one that nothing else does
_SURELY = 0.9
_PEOPLE = frozenset(("person", "anonymous"))
_FAIRLY = 0.6
_BETTER_THAN_NOTHING = 0.35


class Kinds:
    """Tells the kinds of one text's sources."""

    def __init__(self, cast: Cast, papers: Papers) -> None:
        self.cast = cast
        self.text = cast.text
        self.outlet = papers.outlet
        self.given = papers.given
        self.papers = papers

    def of(self, found: Found, words: str, answer: Who | None) -> SourceKind:
        """The kind by rule; but whether someone who is only described can be identified is the model's to say where it is sure."""
        kind = self._kind_by_rule(found, words, answer)
        named = answer is not None and answer.name[:1].isupper() and answer.name in words
        if named or kind not in _PEOPLE or found.kind not in _PEOPLE or is_anonymous(words):
            return kind
        return as_kind(found.kind) or kind if found.kind_confidence >= _SURELY else kind

    def _kind_by_rule(self, found: Found, words: str, answer: Who | None) -> SourceKind:
        """What the words settle first, then whom they stand for, else what the model reads off the cue."""
        cue = self.text[found.cue[0] : found.cue[1]]
        name = bare(words)
        if (told := self._apposed(words, answer)) is not None:
            return told
        entry = self.papers.registered(words)
        if entry and (not entry.ambiguous or REPORTS.search(cue) or "according" in cue.lower() or cue.lower() == "per"):
            return "outlet"
        if OUR_MAN.match(words) or (_FOREIGN_PAPER.fullmatch(name) and _POINTS_TO.search(cue)):
            return "outlet"
        if name in self.given or looks_like_outlet(words) or looks_like_outlet(name):
            return "outlet"
        if answer and answer.kind == "outlet" and self._outlet_by_words(words, answer):
            return "outlet"
        told = kind_by_words(words, cue)
        if self.outlet and re.search(
            rf"^(?:an?|the|our) \w+ by (?:[Tt]he )?{re.escape(self.outlet.removeprefix('The '))}\b", words, re.I
        ):
            return "own"
        within = answer is not None and answer.name in words
        if told == "person" and plural(head(words)) and not within:
            return "person"
        if answer and told is None and self._bare_name(words) and not self._surely_person(words, found):
            return self._kind_of_name(found, cue, answer)
        if answer and answer.kind in ("person", "organisation", "anonymous", "document") and told != "anonymous":
            if answer.kind == "organisation" and (told == "document" or (told == "person" and not within)):
                return told
            return as_kind(answer.kind) or "person"
        if told:
            return told
        if found.kind_confidence >= 0.6 and found.kind not in ("unnamed", "own"):
            return as_kind(found.kind) or "person"
        return "organisation" if self._bare_name(words) and not _MANY_WHO_DO.fullmatch(words) else "person"

    def _apposed(self, words: str, answer: Who | None) -> SourceKind | None:
        """The kind of one of several who is then named ("The third, Isaac Thorold"), or of a journalist named with the paper."""
        if answer is None:
            return None
        named = re.escape(answer.name)
        if re.match(r"(?:one|another|an?|the)\b", words, re.I) and re.search(
            rf",\s(?:[\w’'-]+\s){{0,3}}{named},?$", words
        ):
            return as_kind(answer.kind)
        return "outlet" if answer.kind in ("person", "outlet") and self.papers.writes_for(words, answer.name) else None

    def _kind_of_name(self, found: Found, cue: str, answer: Who) -> SourceKind:
        """A name that says no more than itself: by how the text treats it, what it says and feels, else as the model reads it."""
        if _STRONGLY_REPORTS.match(cue) and not _titled(self.text[slice(*found.source[0])]):
            return "outlet"
        person = answer.kind == "person" and found.kind == "person" and found.kind_confidence >= _SURELY
        if like_a_body(answer.name, self.text) and not person:
            return as_kind(answer.kind) or "organisation"
        if any(_OF_ONESELF.search(self.text[slice(*piece)]) for piece in found.content) or _PERSONAL.search(cue):
            return "person"
        least = _FAIRLY if " " in answer.name else _BETTER_THAN_NOTHING
        persons = _DOUBLE_NAME.fullmatch(answer.name) or (cue == ":" and " " not in answer.name)
        if persons and found.kind_confidence < _SURELY:
            return "person"
        if found.kind_confidence >= least and found.kind in ("person", "organisation", "outlet"):
            return as_kind(found.kind) or "person"
        return as_kind(answer.kind) or "organisation"

    def _bare_name(self, words: str) -> bool:
        return bool(re.match(r"^(?:[Tt]he )?[A-ZÀ-Þ][\w’'-]*(?:\s&?\s?[A-ZÀ-Þ][\w’'-]*)*$", bare(words)))

    def _surely_person(self, words: str, found: Found) -> bool:
        """Whether a name is a person's beyond its shape: a known first name, or one that speaks of himself."""
        name = self.cast.full(words, found.source[0][0]) or bare(words)
        return name in self.cast.genders or name.split()[0].lower() in FIRST_NAMES

    def _outlet_by_words(self, words: str, answer: Who) -> bool:
        return kind_by_words(words, "") not in ("document", "anonymous") or answer.confidence > 0.8


def _titled(words: str) -> bool:
    """Whether a name has a title before it ("Col. Rudge")."""
    return words.partition(" ")[0].lower().strip(".") in TITLES - {"the"}


def as_kind(kind: str | None) -> SourceKind | None:
    """A kind by its word, where it is one of the records' kinds."""
    return _KINDS.get(kind) if kind else None
