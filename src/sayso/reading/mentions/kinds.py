"""The kind of a source: by its words, by whom they stand for, by what is said of it and, where these leave it open, by the model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import get_args

from sayso.reading.decode import Found
from sayso.reading.mentions.apposed import by_apposition, referred_to
from sayso.reading.mentions.cast import Cast
from sayso.reading.mentions.find import TITLES, bare, like_a_body, named_as_a_company
from sayso.reading.mentions.forenames import FIRST_NAMES
from sayso.reading.mentions.heard import Spoken, Who
from sayso.reading.mentions.nouns import EITHER, head, plural, single, sort_of
from sayso.reading.mentions.outlets import looks_like_outlet
from sayso.reading.mentions.papers import Papers
from sayso.reading.mentions.parts import points_at_part
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
_FOREIGN_PAPER = re.compile(r"(?:Il|La|Le|El|Der|Die|Das|Les|Los|Het)\s[A-ZÀ-Þ][\w’'-]+(?:\sd[eu]\s[A-ZÀ-Þ][\w’'-]+)?")
_POINTS_TO = re.compile(
    r"(?:according to|per|via|from|[–—-])$|\breport|\bannounc|\bwonder|\bclaim|\bwrit|\bwrote|\bconclud|\bcontend|\bdescrib|\bspeculat",
    re.I,
)
#: a second verb of a source that has said something before ("said it expected a loss, citing the weather")
_WITH_ANOTHER = frozenset(("citing", "cites"))
_TITLE = r"(?:Mr|Mrs|Ms|Dr|Sir|Dame)\.?"
_KINDS: dict[str, SourceKind] = {kind: kind for kind in get_args(SourceKind)}
#: how sure the model must be of a kind to go against the text's treatment of a name, and to settle one that nothing else does
_SURELY = 0.9
#: who is put as one of many ("a teacher from …", "several in …") is hardly ever to be identified
_ONE_OF_MANY = re.compile(
    r"(?:an?|some|most|many|the other|several(?=\s(?:in|at|on)))\s(?!majority|of\sus\b)|(?:many|several|a few)$", re.I
)
#: only who reports credits another's report
_CREDITS = re.compile(r"[^.;]{0,20},\s(?:crediting|citing|quoting)\s(?:an?|the)\s(?:article|report|interview|story)\b")
_CLUB = re.compile(r"(?:BC|HC|FC|SC|AC|AFC|SK|FK|KK|BK|HK|CF|CD|SV|VfL|VfB)\s[A-ZÀ-Þ]")
_NAMED = re.compile(r"\s[A-ZÀ-Þ][\w’'-]+,?$")
_TWO_SENTENCES = re.compile(r"[.!?][”’\"']?\s+[A-ZÀ-Þ“]")
#: who is another of what spoke before: after an outlet, an outlet
ITS_RIVAL = re.compile(r"(?:[Ii]ts|[Tt]heir)\s(?:[a-z-]+\s){0,2}rival\s(?=[A-ZÀ-Þ])")
_VERY_SURELY = 0.985
_JOURNALIST = frozenset("journalist reporter correspondent columnist writer editor blogger author critic".split())
_INDEFINITE = frozenset("A An One Two Three Four Several Some".split())
_PEOPLE = frozenset(("person", "anonymous"))
_FAIRLY = 0.6
_BETTER_THAN_NOTHING = 0.35


class Kinds:
    """Tells the kinds of one text's sources."""

    def __init__(self, cast: Cast, papers: Papers, spoken: Sequence[Spoken] = ()) -> None:
        self.cast = cast
        self.spoken = spoken
        self.text = cast.text
        self.outlet = papers.outlet
        self.given = papers.given
        self.papers = papers

    def of_pronoun(self, answer: Who | None) -> SourceKind | None:
        """The kind of whom a pronoun stands for, as it was told when he was last heard; None where the text does not tell."""
        if answer is None:
            return None
        return self.heard_as(answer.name) or as_kind(answer.kind)

    def heard_as(self, name: str) -> SourceKind | None:
        """The kind that a source of this name had before."""
        return next((as_kind(one.kind) for one in reversed(self.spoken) if one.name == name), None)

    def of(self, found: Found, words: str, answer: Who | None) -> SourceKind:
        """The kind by rule; but whether someone who is only described can be identified is the model's to say where it is sure."""
        before = self.heard_as(answer.name) if answer and self._taken_up(words, answer) else None
        if before:
            return before
        kind = self._kind_by_rule(found, words, answer)
        if kind == "person" and self._rather_a_body(found, words):
            return "organisation"
        named = answer is not None and answer.name[:1].isupper() and (answer.name in words or points_at_part(words))
        if named or kind not in _PEOPLE or found.kind not in _PEOPLE or is_anonymous(words):
            return kind
        least = _VERY_SURELY if _ONE_OF_MANY.match(words) else _SURELY
        return as_kind(found.kind) or kind if found.kind_confidence >= least else kind

    def _rather_a_body(self, found: Found, words: str) -> bool:
        """Whether a role that firms fill too ("the supervisor") is a firm's here: it goes on as "its", or the model is sure."""
        noun = head(words)
        if single(noun) not in EITHER or _NAMED.search(words):
            return False
        sure = found.kind == "organisation" and found.kind_confidence >= _SURELY
        return sure or (not plural(noun) and referred_to(self.text[found.source[-1][1] :][:400]) == "organisation")

    def _taken_up(self, words: str, answer: Who) -> bool:
        """Whether a source is spoken of again whose kind was told then: someone first met as "a guard who …", an outlet's name."""
        described = answer.name[:1].islower() or answer.name.partition(" ")[0] in _INDEFINITE
        if self.heard_as(answer.name) == "outlet":
            noun = head(words)
            return self._bare_name(words) or sort_of(noun) != "person" or noun in _JOURNALIST
        return described and answer.name not in words

    def _kind_by_rule(self, found: Found, words: str, answer: Who | None) -> SourceKind:
        """What the words settle first, then whom they stand for, else what the model reads off the cue."""
        cue = self.text[found.cue[0] : found.cue[1]]
        name = bare(words)
        if (told := self._apposed(found, words, answer)) is not None:
            return told
        if answer and answer.kind == "organisation" and (points_at_part(words) or answer.name.endswith(("’s", "'s"))):
            return "organisation"
        if ITS_RIVAL.match(words) and self.spoken and self.spoken[-1].kind == "outlet":
            return "outlet"
        entry = self.papers.registered(words)
        if entry and (not entry.ambiguous or REPORTS.search(cue) or "according" in cue.lower() or cue.lower() == "per"):
            return "outlet"
        if _FOREIGN_PAPER.fullmatch(name) and _POINTS_TO.search(cue):
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
        if told in ("document", "organisation") and answer and answer.kind == "person":
            last = answer.name.rpartition(" ")[2].lower()
            return told if head(words) != last else "person"  # "Gutted mum Destiny Chapel"
        if told == "person" and plural(head(words)) and not within:
            return "person"
        if answer and told is None and self._bare_name(words) and not self._surely_person(words, found):
            return self._kind_of_name(found, cue, answer)
        if answer and answer.kind in ("person", "organisation", "anonymous", "document") and told != "anonymous":
            if answer.kind == "organisation" and (told == "document" or (told == "person" and not within)):
                return told
            if told == "person" and found.kind == "person" and found.kind_confidence >= _VERY_SURELY:
                return "person"
            return as_kind(answer.kind) or "person"
        if told:
            return told
        if found.kind_confidence >= 0.6 and found.kind not in ("unnamed", "own"):
            return as_kind(found.kind) or "person"
        return "organisation" if self._bare_name(words) and not _MANY_WHO_DO.fullmatch(words) else "person"

    def _apposed(self, found: Found, words: str, answer: Who | None) -> SourceKind | None:
        """The kind of one of several who is then named ("The third, Isaac Thorold"), of a journalist named with the paper, or of whom a description stands beside."""
        if OUR_MAN.match(words) or self.papers.reports(words):
            return "outlet"
        after = self.text[found.source[-1][1] :][:400]
        if (told := by_apposition(words, after)) is not None:
            return (
                "outlet" if answer and answer.kind == "outlet" and self.papers.writes_for(words, answer.name) else told
            )
        if answer is None:
            return None
        one_of_them = "," in words and re.match(r"(?:one|another|an?|the)\b", words, re.I)
        if one_of_them and re.search(rf",\s(?:[\w’'-]+\s){{0,3}}{re.escape(answer.name)},?$", words):
            return as_kind(answer.kind)
        return (
            "outlet"
            if answer.kind in ("person", "outlet", "organisation") and self.papers.writes_for(words, answer.name)
            else None
        )

    def _kind_of_name(self, found: Found, cue: str, answer: Who) -> SourceKind:
        """A name that says no more than itself: by how the text treats it, what it says and feels, else as the model reads it."""
        if _STRONGLY_REPORTS.match(cue) and not _titled(self.text[slice(*found.source[0])]):
            said = self.heard_as(answer.name) if cue.lower() in _WITH_ANOTHER else None
            return said or "outlet"
        if self.papers.prints(answer.name) or _CREDITS.match(self.text[found.cue[1] :][:60]):
            return "outlet"
        if self._introduced(answer.name):
            return as_kind(answer.kind) or "person"
        person = answer.kind == "person" and found.kind == "person" and found.kind_confidence >= _SURELY
        if _CLUB.match(answer.name) or (like_a_body(answer.name, self.text) and not person):
            return "organisation" if answer.kind == "person" else as_kind(answer.kind) or "organisation"
        body = found.kind == "organisation" and found.kind_confidence >= _SURELY
        if any(_OF_ONESELF.search(self.text[slice(*piece)]) for piece in found.content):
            return "person"
        if _PERSONAL.search(cue) and not body and not named_as_a_company(answer.name):
            return "person"
        least = _FAIRLY if " " in answer.name else _BETTER_THAN_NOTHING
        persons = _DOUBLE_NAME.fullmatch(answer.name) or (cue == ":" and " " not in answer.name)
        if persons and found.kind_confidence < _SURELY:
            return "person"
        unsure = found.kind == "person" and found.kind_confidence < _SURELY
        if unsure and not _titled(self.text[slice(*found.source[0])]) and self._never_a_person(found, answer.name):
            return "organisation"
        if found.kind_confidence >= least and found.kind in ("person", "organisation", "outlet"):
            return as_kind(found.kind) or "person"
        return as_kind(answer.kind) or "organisation"

    def _introduced(self, name: str) -> bool:
        """Whether the text brings a name in by what someone is ("coach Ada Crane", "communications minister Ada Crane")."""
        lead = re.search(rf"\b([a-z][a-z-]+)\s(?:{_TITLE}\s)?{re.escape(name)}\b", self.text) if " " in name else None
        return lead is not None and lead[1] not in EITHER and sort_of(lead[1]) == "person"

    def _never_a_person(self, found: Found, name: str) -> bool:
        """Whether a name goes on as "it", or is one word that no fuller name brought in: that is how states and firms stand, not people."""
        goes_on = referred_to(self.text[found.source[-1][1] :][:400])
        fuller = re.search(rf"[A-ZÀ-Þ][\w’'.-]*\s(?:[a-z]+\s)?{re.escape(name)}\b", self.text)
        headline = not _TWO_SENTENCES.search(self.text)  # where people too are called by their surnames
        return goes_on == "organisation" or (goes_on is None and not headline and " " not in name and fuller is None)

    def _bare_name(self, words: str) -> bool:
        return bool(re.match(r"^(?:[Tt]he )?[A-ZÀ-Þ][\w’'-]*(?:\s&?\s?[A-ZÀ-Þ][\w’'-]*)*$", bare(words)))

    def _surely_person(self, words: str, found: Found) -> bool:
        """Whether a name is a person's beyond its shape: a known first name, or a title before it."""
        if re.match(rf"{_TITLE}\s", words):
            return True
        name = self.cast.full(words, found.source[0][0]) or bare(words)
        return name in self.cast.genders or name.split()[0].lower() in FIRST_NAMES

    def _outlet_by_words(self, words: str, answer: Who) -> bool:
        return kind_by_words(words, "") not in ("document", "anonymous") or answer.confidence > 0.8


def _titled(words: str) -> bool:
    """Whether a name has a title before it ("Col. Rudge")."""
    return any(word.lower().strip(".") in TITLES - {"the"} for word in words.split()[:-1])


def as_kind(kind: str | None) -> SourceKind | None:
    """A kind by its word, where it is one of the records' kinds."""
    return _KINDS.get(kind) if kind else None
