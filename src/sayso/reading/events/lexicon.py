"""The lexicon of frames and of the words that govern them, read from frames/, governors.yaml and a file of the user's.

What one frame says about another is worked out here once, as *signs*: events that, said or denied, speak for or against a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Literal

import yaml

from sayso.errors import SaysoError
from sayso.reading.events.inflection import nouns, spellings, verb
from sayso.reading.events.words import DETERMINERS, PREPOSITIONS, Token
from sayso.records import Event

_ARTICLES: Final = DETERMINERS - {"no", "all", "both", "every", "each", "another"}
_COMMON: Final = frozenset(
    "see make get take hold keep tell give go come put find meet show turn call hit reach set break drop cut stop end raise back pass play "
    "leave win lose work help protect run start open close carry draw fall rise move change score catch land lift beat enter join".split()
)
_BRINGING: Final = frozenset("at in on of to with from for by over against as into".split())
GAP: Final = 4  # tokens between the words of one form
WIDE_GAP: Final = 9  # and behind the noun of a state: "merger … go through"
Kind = Literal["verb", "noun", "state"]
_KINDS: Final[tuple[tuple[str, Kind], ...]] = (("verbs", "verb"), ("nouns", "noun"), ("states", "state"))
_RELATIONS: Final = ("implies", "excludes", "hints", "like")
_NO_POSITION: Final = frozenset(("verbs", "nouns", "states", "patterns", "needs", "certainty"))
_PART: Final = re.compile(r"\{(\w+)\}|(\S+)")
_KNOWN: Final = frozenset(("says", "opposite", "one", "good", "bad", "topic", "patterns", "forms", *_RELATIONS))
Roles = tuple[tuple[str, str], ...]
_Step = tuple[
    str, Roles, int, int, str
]  # a frame, its roles, what it makes of the question said and denied, and how one came there
#: how it goes with anything at all; never in the way of what is said in particular
FATES: Final = frozenset(("thrive", "founder"))
OTHER: Final = "≠"  # a role filled by this and a name: any name but that one


@dataclass(frozen=True)
class Form:
    """One wording of a frame: its words, the first one as lemma, and the role each position fills."""

    frame: str
    kind: Kind
    words: tuple[str, ...]
    roles: tuple[tuple[str, str], ...]
    needs: tuple[str, ...] = ()
    certainty: int = 3
    gapped: bool = False  # its object stands between its words: "put … behind bars"

    @cached_property
    def inflected(self) -> bool:
        """Whether its further words may stand in any form of a verb."""
        return self.kind == "state" or self.words[0] in ("be", "get")

    @cached_property
    def weight(self) -> int:
        """How much it says: its words, but for a preposition at the end that only brings in a role."""
        brings = len(self.words) > 1 and self.words[-1] in _BRINGING and self.role(self.words[-1]) is not None
        return len(self.words) - brings

    def role(self, position: str) -> str | None:
        """The role that a position fills, or None."""
        return next((role for place, role in self.roles if place == position), None)


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame's statement and its relations to others; a relation's roles map the other frame's role to this one's."""

    name: str
    says: str
    opposite: tuple[str, ...] = ()
    one: str | None = None
    good: str | None = None
    bad: str | None = None
    topic: str | None = None
    relations: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Governor:
    """A wording that governs an event, and what kind of effect it has."""

    words: tuple[str, ...]
    effect: str


def _common(form: Form) -> bool:
    """Whether a wording is a verb of every day by itself, and says nothing without the matter it is about."""
    return form.weight == 1 and form.kind == "verb" and form.words[0] in _COMMON


class _Begun:
    """The forms that begin with one word, by how their second word may be written: all of them, and those that may have it far behind."""

    def __init__(self, forms: list[Form]) -> None:
        self._forms = forms
        self._alone = [n for n, form in enumerate(forms) if len(form.words) == 1]
        self._seconds: dict[str, list[int]] = {}
        self._far: dict[str, list[int]] = {}
        for n, form in enumerate(forms):
            for word in spellings(form.words[1], form.inflected) if len(form.words) > 1 else ():
                self._seconds.setdefault(word, []).append(n)
                if form.kind == "state":
                    self._far.setdefault(word, []).append(n)
        self._further = {
            n: [spellings(word, form.inflected) for word in form.words[2:]]
            for n, form in enumerate(forms)
            if len(form.words) > 2
        }

    def followed(self, tokens: Sequence[Token], words: frozenset[str]) -> list[Form]:
        """The forms that have no second word or one of these where they may have it, and whose further words are among `words`; in their order."""
        found = set(self._alone)
        for away, token in enumerate(tokens):
            if numbers := (self._seconds if away <= GAP else self._far).get(token.lower):
                found.update(numbers)
        missing = {n for n in found if n in self._further and any(words.isdisjoint(one) for one in self._further[n])}
        return [self._forms[n] for n in sorted(found - missing)]


class Lexicon:
    """Frames, forms by their first word as written, and governors by theirs."""

    def __init__(
        self,
        frames: dict[str, Frame],
        forms: list[Form],
        governors: list[Governor],
        topics: Mapping[str, frozenset[str]] = MappingProxyType({}),
    ) -> None:
        self.frames = frames
        self.topics = topics
        among: dict[tuple[str, ...], set[str]] = {}
        for form in forms:
            among.setdefault(form.words, set()).add(form.frame)
        #: wordings that several frames have: those with a topic take them only where the sentence is on it
        self.shared = frozenset(words for words, found in among.items() if len(found - FATES) > 1)
        self.forms: dict[str, list[Form]] = {}
        for form in forms:
            head = form.words[0]
            spelt = verb(head).all() if form.kind == "verb" else nouns(head)
            for word in spelt:
                self.forms.setdefault(word, []).append(form)
        self.governors: dict[str, list[Governor]] = {}
        for governor in governors:
            for word in verb(governor.words[0]).all() | nouns(governor.words[0]):
                self.governors.setdefault(word, []).append(governor)
        for table in (self.forms, self.governors):
            for found in table.values():
                found.sort(key=lambda one: -len(one.words))
        self._begun = {word: _Begun(found) for word, found in self.forms.items()}
        self.nouns = {w for w, fs in self.forms.items() if any(f.kind != "verb" for f in fs)}
        self.both = {w for w, fs in self.forms.items() if {"verb", "noun"} <= {f.kind for f in fs}}

    def on_topic(self, form: Form, words: frozenset[str]) -> bool:
        """Whether a form may stand for its frame in a sentence of these words."""
        topic = self.frames[form.frame].topic
        loose = form.words in self.shared or _common(form)
        return topic is None or not loose or not words.isdisjoint(self.topics[topic])

    def common(self, form: Form) -> bool:
        """Whether a form says nothing without its topic."""
        return self.frames[form.frame].topic is not None and _common(form)

    def beginning(self, tokens: Sequence[Token], at: int, words: frozenset[str]) -> list[Form]:
        """The forms that may begin with a token of a sentence of these words, longest first: those whose second word, if they have one, stands near
        enough behind it, and whose further words stand anywhere.
        """
        begun = self._begun.get(tokens[at].lower)
        return begun.followed(tokens[at + 1 : at + WIDE_GAP + 2], words) if begun else []

    def signs(self, event: Event) -> Iterator[Event]:
        """The event itself, and every event that speaks for or against it: `certainty` is what the question would stand at (−3 … 3)
        if that event were said for certain; a frame with "not " before it stands for the denial. The nearest relation wins.
        """
        seen: set[tuple[str, tuple[tuple[str, str], ...]]] = set()
        queue: list[_Step] = [(event.frame, event.roles, 3, -3, "")]
        for depth in range(4):
            following = []
            for frame, roles, said, denied, came in queue:
                if (frame, roles) in seen or not roles:
                    continue
                seen.add((frame, roles))
                for name, value in ((frame, said), (f"not {frame}", denied)):
                    if value:
                        yield Event(name, f"{event.frame} ↔ {frame}" if depth else event.text, event.span, roles, value)
                following += list(self._next(frame, roles, said, denied, came))
            queue = following

    def _likenesses(self, frame: str, roles: Roles, said: int, denied: int) -> Iterator[_Step]:
        """Frames that say the same of other matters, with their opposites: calling off a match and cancelling a product."""
        pairs = [(o, m) for r, o, m in self.frames[frame].relations if r == "like"]
        pairs += [
            (n, _mirrored(m)) for n, f in self.frames.items() for r, o, m in f.relations if r == "like" and o == frame
        ]
        for other, mapping in pairs:
            if mapped := _forward(roles, mapping):
                yield other, mapped, said, denied, "like"
                for against in self.frames[other].opposite:
                    yield against, mapped, denied, said, "like"

    def _next(
        self, frame: str, roles: tuple[tuple[str, str], ...], said: int, denied: int, came: str
    ) -> Iterator[_Step]:
        """The frames one step away. After a step to what follows ("down") none to what else it could follow from, and after one to
        what it could follow from ("up") none to what else follows from that.
        """
        here = self.frames.get(frame)
        if here is None:  # a verb that no frame has stands for itself
            return
        for other in here.opposite:
            yield other, roles, denied, said, ""
        if here.one and any(role != here.one for role, _ in roles):
            other_one = tuple((r, OTHER + n if r == here.one and not n.startswith(OTHER) else n) for r, n in roles)
            if other_one != roles and abs(said) == 3:
                yield frame, other_one, denied, 0, "only"
        if came == "like":
            return
        if not came:
            yield from self._likenesses(frame, roles, said, denied)
        if came == "only":
            return
        yield from _fates(here, roles, said, denied)
        for relation, other, mapping in here.relations if came != "up" else ():
            if relation == "like":
                continue
            mapped = _forward(roles, mapping)
            if relation == "implies":
                yield other, mapped, _weak(said), denied, "down"
            elif relation == "excludes":
                yield other, mapped, denied, 0, "down"
        if came == "down":
            return
        for name, above in self.frames.items():
            for relation, target, mapping in above.relations:
                if relation == "like" or (relation == "excludes" and came):
                    continue
                if target == frame and (mapped := _backward(roles, mapping)):
                    values = {"implies": (said, _weak(denied)), "excludes": (denied, 0), "hints": (_weak(said), 0)}[
                        relation
                    ]
                    yield name, mapped, *values, "up"


def _mirrored(mapping: Roles) -> Roles:
    return tuple((mine, theirs) for theirs, mine in mapping)


def _fates(frame: Frame, roles: Roles, said: int, denied: int) -> Iterator[_Step]:
    """What is good or bad for what a frame is about, put in general words: "the bill is dead", "the plant is saved"."""
    for role, same, other in ((frame.good, "thrive", "founder"), (frame.bad, "founder", "thrive")):
        about = tuple(("what", n) for r, n in roles if r == role and not n.startswith(OTHER))
        if about and abs(said) == 3:
            yield same, about, said - (said > 0) + (said < 0), denied - (denied > 0) + (denied < 0), "only"
            yield other, about, denied - (denied > 0) + (denied < 0), said - (said > 0) + (said < 0), "only"


def _weak(value: int) -> int:
    return 0 if abs(value) < 2 else (1 if value > 0 else -1)


def _forward(roles: tuple[tuple[str, str], ...], mapping: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """The roles of what follows, in terms of what it follows from. Names with "other" do not go this way."""
    return tuple((theirs, name) for theirs, mine in mapping for role, name in roles if role == mine)


def _backward(roles: tuple[tuple[str, str], ...], mapping: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    made = []
    for theirs, mine in mapping:
        for role, name in roles:
            if role == theirs and not name.startswith(OTHER):
                made.append((mine.removeprefix("other "), OTHER + name if mine.startswith("other ") else name))
    return tuple(made)


#: libyaml's loader where it is there: the frames are read eight times faster
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def open_lexicon(extra: Path | None = None) -> Lexicon:
    """The shipped lexicon, with the frames of a further file of the same form. Errors: SaysoError where a file does not fit the form."""
    here = files("sayso.reading")
    frames: dict[str, Any] = {}
    for file in sorted(here.joinpath("frames").iterdir(), key=lambda f: f.name):
        frames = _joined(frames, yaml.load(file.read_text(encoding="utf-8"), _LOADER))
    if extra is not None:
        frames = _joined(frames, _given(extra))
    governors = yaml.safe_load(here.joinpath("governors.yaml").read_text(encoding="utf-8"))
    topics = yaml.safe_load(here.joinpath("topics.yaml").read_text(encoding="utf-8"))
    _check(frames, topics, str(extra or "frames"))
    return Lexicon(
        _frames(frames, str(extra or "frames")),
        list(_merged(form for name, frame in frames.items() for form in _forms(name, frame))),
        [Governor(tuple(words.split()), effect) for effect, rows in governors.items() for words in rows],
        {name: frozenset(form for word in words for form in nouns(word)) for name, words in topics.items()},
    )


def _given(path: Path) -> dict[str, Any]:
    try:
        table = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise SaysoError(f"{path}: cannot be read as a lexicon ({error})") from error
    if not isinstance(table, dict) or not all(isinstance(frame, dict) for frame in table.values()):
        raise SaysoError(
            f"{path}: a lexicon is a table of frames, each with its `forms`; see reading/frames/people.yaml"
        )
    return table


def _joined(frames: dict[str, Any], further: Mapping[str, Any]) -> dict[str, Any]:
    """Frames of two files: forms and relations add up, a statement is replaced."""
    joined = dict(frames)
    for name, frame in further.items():
        old = joined.get(name, {})
        new = {
            **old,
            **frame,
            "patterns": [*old.get("patterns", ()), *frame.get("patterns", ())],
            "forms": [*old.get("forms", ()), *frame.get("forms", ())],
        }
        new["opposite"] = [*old.get("opposite", ()), *frame.get("opposite", ())]
        for relation in _RELATIONS:
            new[relation] = {**old.get(relation, {}), **frame.get(relation, {})}
        joined[name] = new
    return joined


def _check(frames: Mapping[str, Any], topics: Mapping[str, Any], origin: str) -> None:
    for name, frame in frames.items():
        if (topic := frame.get("topic")) is not None and topic not in topics:
            raise SaysoError(f"{origin}: frame {name} has the topic {topic}; there are {', '.join(sorted(topics))}")
        for pattern in frame.get("patterns", ()):
            if len(str(pattern).split()) < 2:
                raise SaysoError(
                    f"{origin}: frame {name} has the pattern {pattern!r}; one looks like '{{who}} leave {{at}}'"
                )


def _frames(table: Mapping[str, Any], origin: str) -> dict[str, Frame]:
    opposites: dict[str, list[str]] = {name: [] for name in table}
    for name, frame in table.items():
        if unknown := set(frame) - _KNOWN:
            raise SaysoError(f"{origin}: frame {name} has {', '.join(sorted(unknown))}, which no frame has")
        named = [*frame.get("opposite", ()), *(other for r in _RELATIONS for other in frame.get(r, {}))]
        if missing := [other for other in named if other not in table]:
            raise SaysoError(f"{origin}: frame {name} names {missing[0]}, which is no frame")
        for other in frame.get("opposite", ()):
            opposites[name].append(other)
            opposites[other].append(name)
    return {
        name: Frame(
            name,
            frame.get("says") or _statement(frame, name),
            tuple(dict.fromkeys(opposites[name])),
            frame.get("one"),
            frame.get("good"),
            frame.get("bad"),
            frame.get("topic"),
            tuple((r, other, tuple(roles.items())) for r in _RELATIONS for other, roles in frame.get(r, {}).items()),
        )
        for name, frame in table.items()
    }


def _statement(frame: Mapping[str, Any], name: str) -> str:
    """The first pattern in the present: "{who} step down" as "{who} steps down"."""
    first = next(iter(frame.get("patterns", ())), "{who} " + name)
    subject, head, *rest = first.split()
    third = "is" if head == "be" else min(verb(head).third)
    return " ".join((subject, third, *rest))


def _forms(name: str, frame: Mapping[str, Any]) -> Iterator[Form]:
    for group in ({"patterns": frame.get("patterns", ())}, *frame.get("forms", ())):
        positions = tuple((k, v) for k, v in group.items() if k not in _NO_POSITION)
        needs, certainty = tuple(group.get("needs", ())), group.get("certainty", 3)
        for key, kind in _KINDS:
            for words in group.get(key, ()):
                yield Form(name, kind, tuple(words.split()), positions, needs, certainty)
        for pattern in group.get("patterns", ()):
            words, placed, gapped = _pattern(pattern)
            further = tuple((k, v) for k, v in positions if k not in dict(placed))
            yield Form(name, "verb", words, placed + further, needs, certainty, gapped)


def _merged(forms: Iterable[Form]) -> Iterator[Form]:
    """The forms with those joined that have the same words and subject in one frame: their further positions add up."""
    known: dict[tuple[object, ...], Form] = {}
    for form in forms:
        key = (form.frame, form.kind, form.words, form.role("subject"), form.needs, form.certainty)
        if old := known.get(key):
            roles = old.roles + tuple((k, v) for k, v in form.roles if old.role(k) is None)
            form = replace(old, roles=roles, gapped=old.gapped or form.gapped)
        known[key] = form
    yield from known.values()


def _pattern(pattern: str) -> tuple[tuple[str, ...], Roles, bool]:
    """The words of "{by} put {who} behind bars", which role stands in which position, and whether its object has its place between."""
    words: list[str] = []
    placed: list[tuple[str, str]] = []
    gapped = False
    found = _PART.findall(pattern)
    for k, (role, word) in enumerate(found):
        if word:
            if word not in _ARTICLES:
                words.append(word)
        elif not words:
            placed.append(("subject", role))
        elif k + 1 < len(found):
            placed.append(("object", role))
            gapped = True
        else:
            placed.append((words[-1] if len(words) > 1 and words[-1] in PREPOSITIONS else "object", role))
    return tuple(words), tuple(placed), gapped
