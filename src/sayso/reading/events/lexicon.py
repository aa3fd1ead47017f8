"""The lexicon of frames and of the words that govern them, read from frames/, governors.yaml and a file of the user's.

What one frame says about another is worked out here once, as *signs*: events that, said or denied, speak for or against a question.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, Literal

import yaml

from sayso.errors import SaysoError
from sayso.reading.events.inflection import nouns, verb
from sayso.records import Event

Kind = Literal["verb", "noun", "state"]
_KINDS: Final[tuple[tuple[str, Kind], ...]] = (("verbs", "verb"), ("nouns", "noun"), ("states", "state"))
_RELATIONS: Final = ("implies", "excludes", "hints")
_KNOWN: Final = frozenset(("says", "opposite", "one", "forms", *_RELATIONS))
Roles = tuple[tuple[str, str], ...]
_Step = tuple[
    str, Roles, int, int, str
]  # a frame, its roles, what it makes of the question said and denied, and how one came there
OTHER: Final = "≠"  # a role filled by this and a name: any name but that one


@dataclass(frozen=True, slots=True)
class Form:
    """One wording of a frame: its words, the first one as lemma, and the role each position fills."""

    frame: str
    kind: Kind
    words: tuple[str, ...]
    roles: tuple[tuple[str, str], ...]
    needs: tuple[str, ...] = ()
    certainty: int = 3

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
    relations: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Governor:
    """A wording that governs an event, and what kind of effect it has."""

    words: tuple[str, ...]
    effect: str


class Lexicon:
    """Frames, forms by their first word as written, and governors by theirs."""

    def __init__(self, frames: dict[str, Frame], forms: list[Form], governors: list[Governor]) -> None:
        self.frames = frames
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
        self.nouns = {w for w, fs in self.forms.items() if any(f.kind != "verb" for f in fs)}
        self.both = {w for w, fs in self.forms.items() if {"verb", "noun"} <= {f.kind for f in fs}}

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

    def _next(
        self, frame: str, roles: tuple[tuple[str, str], ...], said: int, denied: int, came: str
    ) -> Iterator[_Step]:
        """The frames one step away. After a step to what follows ("down") none to what else it could follow from, and after one to
        what it could follow from ("up") none to what else follows from that.
        """
        here = self.frames[frame]
        for other in here.opposite:
            yield other, roles, denied, said, ""
        if here.one and any(role != here.one for role, _ in roles):
            other_one = tuple((r, OTHER + n if r == here.one and not n.startswith(OTHER) else n) for r, n in roles)
            if other_one != roles and abs(said) == 3:
                yield frame, other_one, denied, 0, "only"
        if came == "only":
            return
        for relation, other, mapping in here.relations if came != "up" else ():
            mapped = _forward(roles, mapping)
            if relation == "implies":
                yield other, mapped, _weak(said), denied, "down"
            elif relation == "excludes":
                yield other, mapped, denied, 0, "down"
        if came == "down":
            return
        for name, above in self.frames.items():
            for relation, target, mapping in above.relations:
                if relation == "excludes" and came:
                    continue
                if target == frame and (mapped := _backward(roles, mapping)):
                    values = {"implies": (said, _weak(denied)), "excludes": (denied, 0), "hints": (_weak(said), 0)}[
                        relation
                    ]
                    yield name, mapped, *values, "up"


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


@cache
def open_lexicon(extra: Path | None = None) -> Lexicon:
    """The shipped lexicon, with the frames of a further file of the same form. Errors: SaysoError where a file does not fit the form."""
    here = files("sayso.reading")
    frames: dict[str, Any] = {}
    for file in sorted(here.joinpath("frames").iterdir(), key=lambda f: f.name):
        frames |= yaml.safe_load(file.read_text(encoding="utf-8"))
    if extra is not None:
        frames = _joined(frames, _given(extra))
    governors = yaml.safe_load(here.joinpath("governors.yaml").read_text(encoding="utf-8"))
    return Lexicon(
        _frames(frames, str(extra or "frames")),
        [form for name, frame in frames.items() for form in _forms(name, frame)],
        [Governor(tuple(words.split()), effect) for effect, rows in governors.items() for words in rows],
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
        new = {**old, **frame, "forms": [*old.get("forms", ()), *frame.get("forms", ())]}
        new["opposite"] = [*old.get("opposite", ()), *frame.get("opposite", ())]
        for relation in _RELATIONS:
            new[relation] = {**old.get(relation, {}), **frame.get(relation, {})}
        joined[name] = new
    return joined


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
            frame.get("says") or "{who} " + name,
            tuple(dict.fromkeys(opposites[name])),
            frame.get("one"),
            tuple((r, other, tuple(roles.items())) for r in _RELATIONS for other, roles in frame.get(r, {}).items()),
        )
        for name, frame in table.items()
    }


def _forms(name: str, frame: Mapping[str, Any]) -> Iterator[Form]:
    for group in frame.get("forms", ()):
        positions = tuple(
            (k, v) for k, v in group.items() if k not in ("verbs", "nouns", "states", "needs", "certainty")
        )
        for key, kind in _KINDS:
            for words in group.get(key, ()):
                needs = tuple(group.get("needs", ()))
                yield Form(name, kind, tuple(words.split()), positions, needs, group.get("certainty", 3))
