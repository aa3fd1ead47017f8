"""Contrast rows for stance: `python -m training.contrast --out build/stance/rows.jsonl` composes them from training/corpus/stance.

A sentence is a verb family (who does what to whom, or its opposite) in a wording (asserted, denied, left open), over invented names.
Every sentence is asked several questions: the event, its opposite, and near-misses (another person or club, roles changed over, another
year, another matter), so that neither the sentence nor the question alone gives the answer away. Same seed, same rows.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

FOLDER = Path(__file__).with_name("corpus") / "stance"
OPENINGS = (
    "After months of silence, ",
    "In the end, ",
    "For the second time this week the news was the same: ",
    "Days before the deadline, ",
    "As {outlet} first reported, ",
    "According to {outlet}, ",
    "{speaker} told {outlet} that ",
    "{outlet} reports that ",
    "{speaker} said on {day} that ",
)
ENDINGS = (
    ", {speaker} said",
    ", according to {outlet}",
    ", {outlet} reports",
    ", sources told {outlet}",
    " - {outlet}",
)
YEARS = range(2021, 2036)
#: irregular verbs that double their last letter before -ing
DOUBLED = frozenset("cut forbid get let put quit run set shut sit win".split())
#: shares of sentences that assert, reject and leave open
SIGNS = {"+": 0.34, "-": 0.34, "0": 0.32}


@dataclass(frozen=True, slots=True)
class Name:
    """An invented name, its possessive pronoun, and the surname where it is a person's."""

    text: str
    own: str = "its"
    surname: str | None = None

    @property
    def plural(self) -> bool:
        """Whether the verb goes with it in the plural."""
        return self.own == "their"

    @property
    def possessive(self) -> str:
        """With ’s, or ’ after a plural in s."""
        return self.text + ("’" if self.plural and self.text.endswith("s") else "’s")


@dataclass(frozen=True, slots=True)
class Family:
    """Verb phrases for an event (`yes`) and for its opposite (`no`), nouns for both, open sentences, and the types of the arguments."""

    name: str
    held_out: bool
    types: tuple[str, ...]
    flags: frozenset[str]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    nouns: tuple[str, ...]
    open: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """What a sentence does with its event: `sign` is + (asserts), - (rejects) or 0 (leaves open)."""

    sign: str
    kind: str
    flags: frozenset[str]
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One question put to one text. `near` says how the question lies to the text: same, opposite, or what sort of near-miss."""

    question: str
    text: str
    label: str
    family: str
    held_out: bool
    wording: str
    near: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens or not: who does what to whom, and in which year. `near` says how it lies to the scene's main event."""

    family: Family
    names: tuple[Name, ...]
    year: int | None = None
    near: str = "same"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text on an event: the side it names (yes, no) and what its wording does with it."""

    event: Event
    side: str
    wording: Wording
    text: str


class Cast:
    """Draws names by type. Types that hold another ("{town} Albion") draw that as well."""

    def __init__(self, lines: Iterable[str], rng: random.Random) -> None:
        self.rng = rng
        self.types: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
        for line in lines:
            head, names = line.split(": ", 1)
            kind, *own = head.split()
            self.types[kind] = tuple(own), tuple(names.split("; "))

    def draw(self, kind: str) -> Name:
        """A name of the type."""
        if kind == "person":
            first = self.rng.choice(("she", "he"))
            surname = self.draw("surname").text
            return Name(f"{self.draw(first).text} {surname}", self.types[first][0][0], surname)
        owns, names = self.types[kind]
        pattern = self.rng.choice(names)
        own = self.rng.choice(owns)
        if kind == "leader":
            own = "her" if "{she}" in pattern else "his"
        return Name(re.sub(r"\{(\w+)\}", lambda m: self.draw(m[1]).text, pattern), own)

    def others(self, kind: str, taken: Sequence[Name]) -> Name:
        """A name of the type that shares no name with those taken: no part of one is part of the other."""
        while True:
            name = self.draw(kind)
            if all(not clash(name, other) for other in taken):
                return name

    def fill(self, text: str) -> str:
        """The text with every type in braces drawn."""
        return re.sub(r"\{(\w+)\}", lambda m: self.draw(m[1]).text if m[1] in self.types else m[0], text)


def clash(one: Name, other: Name) -> bool:
    """Whether two names could be taken for the same, by a word that only names have."""

    def own(name: Name) -> set[str]:
        return {word for word in re.findall(r"\w+", name.text) if word[0].isupper() or word[0].isdigit()} or {name.text}

    return bool(own(one) & own(other)) or one.text == other.text


def read_lines(path: Path) -> list[str]:
    """The lines of a table, without comments and empty ones."""
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip() and line[0] != "#"]


def read_families(path: Path) -> list[Family]:
    """The verb families. Raises ValueError where a block lacks one of its sides."""
    families: list[Family] = []
    for block in re.split(r"^= ", "\n".join(read_lines(path)), flags=re.MULTILINE)[1:]:
        head, *lines = block.strip().splitlines()
        name, *rest = head.split(" | ")
        parts: dict[str, tuple[str, ...]] = defaultdict(tuple)
        for line in lines:
            mark, phrases = line.split(" ", 1)
            parts[mark] = tuple(phrases.split("; "))
        flags = frozenset(rest) & {"loose", "mutual", "aside", "sole0", "sole1"}
        if not parts["+"] or not parts["-"]:
            raise ValueError(f"{path.name}: {name} needs a + and a - line")
        families.append(
            Family(
                name=name.rstrip("*"),
                held_out=name.endswith("*"),
                types=tuple(kind for kind in rest if kind not in flags),
                flags=flags,
                yes=parts["+"],
                no=parts["-"],
                nouns=parts["+n"],
                open=parts["0"],
            )
        )
    return families


def read_wordings(path: Path) -> list[Wording]:
    """The wordings, each with the flags it needs."""
    rows = [[cell.strip() for cell in line.split("|", 3)] for line in read_lines(path)]
    return [Wording(sign, kind, frozenset(flags.split()), text) for sign, kind, flags, text in rows]


def read_verbs(path: Path) -> dict[str, tuple[str, str]]:
    """Past and participle of the irregular verbs, and of those that double their last letter."""
    verbs: dict[str, tuple[str, str]] = {}
    for line in read_lines(path):
        base, *forms = line.split()
        past, participle = [f"{base}{base[-1]}ed"] * 2 if forms == ["double"] else forms
        verbs[base] = (past, participle)
    return verbs


def inflect(verb: str, verbs: dict[str, tuple[str, str]], *, plural: bool) -> dict[str, str]:
    """The forms of a verb: base, s (present), past, pp (participle), ing."""
    if verb == "be":
        present, past = ("are", "were") if plural else ("is", "was")
        return {"base": "be", "s": present, "past": past, "pp": "been", "ing": "being"}
    soft_y = verb.endswith("y") and verb[-2] not in "aeiou"
    stem = verb[:-1] if verb.endswith("e") else verb
    regular = f"{verb[:-1]}ied" if soft_y else f"{stem}ed"
    past, participle = verbs.get(verb, (regular, regular))
    third = (
        f"{verb[:-1]}ies" if soft_y else f"{verb}es" if re.search(r"(?:s|x|z|ch|sh|go|do|to)$", verb) else f"{verb}s"
    )
    if verb == "tie":
        stem = "ty"
    elif past == f"{verb}{verb[-1]}ed" or verb in DOUBLED:
        stem = f"{verb}{verb[-1]}"
    elif verb.endswith("ee"):
        stem = verb
    ing = f"{stem}ing"
    return {"base": verb, "s": verb if plural else third, "past": past, "pp": participle, "ing": ing}


class Composer:
    """Puts families, wordings and names together into rows."""

    def __init__(self, folder: Path = FOLDER, *, seed: int = 0) -> None:
        self.rng = random.Random(seed)
        self.cast = Cast(read_lines(folder / "names.txt"), self.rng)
        self.families = read_families(folder / "families.txt")
        self.wordings = read_wordings(folder / "wordings.txt")
        self.verbs = read_verbs(folder / "verbs.txt")

    def rows(self, per_family: int = 14) -> list[Row]:
        """All rows, shuffled: `per_family` scenes of each family, and a pair of joined sentences for every second scene.

        Raises ValueError where a question to a text would get two labels.
        """
        rows: dict[tuple[str, str], Row] = {}
        for family in self.families:
            for number in range(per_family):
                for row in self.scene(family) + (self.joined(family) if number % 2 else []):
                    if rows.setdefault((row.question, row.text), row).label != row.label:
                        raise ValueError(f"{row.label} and its contrary: {row.question} / {row.text}")
        found = list(rows.values())
        self.rng.shuffle(found)
        return found

    def scene(self, family: Family) -> list[Row]:
        """An event and two near-misses, sentences on each, and every question to its own sentences and to some of the others'."""
        main = self.event(family)
        misses = self._misses(main)
        made = [main, *(make() for make in self.rng.sample(misses, min(2, len(misses))))]
        # two misses of one sort may come out the same
        events = list({(event.family, event.names, event.year): event for event in reversed(made)}.values())[::-1]
        short = all(event.near != "same surname" for event in events)  # a bare surname could be either namesake
        asked = {event: {side: self.question(event, side) for side in ("yes", "no")} for event in events}
        rows, missed = [], []
        for event, often in zip(events, (3, 2, 1), strict=False):
            for _ in range(often):
                sentence = self.sentence(event, short=short)
                rows += [_row(sentence, asked[event][side], label, event.near) for side, label in labels(sentence)]
                for other in events:
                    if other is not event:
                        near = other.near if event is main else event.near
                        missed += [_row(sentence, question, "unrelated", near) for question in asked[other].values()]
        return rows + self.rng.sample(missed, min(len(missed), len(rows) // 2))

    def joined(self, family: Family) -> list[Row]:
        """Two events in one sentence: each has its questions, and what one of them does is asked of the other's people."""
        one = self.event(family)
        two = replace(one, names=self._names(family, one.names), near="joined")
        one = replace(one, year=None, near="joined")
        parts = [self.sentence(event, plain=True) for event in (one, replace(two, year=None))]
        text = _upper(f"{parts[0].text}, {self.rng.choice(('while', 'whereas', 'and'))} {parts[1].text}.")
        rows = []
        for part in (replace(p, text=text) for p in parts):
            rows += [_row(part, self.question(part.event, side), label, "joined") for side, label in labels(part)]
        if {"sole0", "sole1"} & family.flags:
            return rows
        crossed = replace(one, names=(one.names[0], *two.names[1:]))
        rows.append(_row(replace(parts[0], text=text), self.question(crossed, parts[1].side), "unrelated", "crossed"))
        return rows

    def event(self, family: Family) -> Event:
        """An event of the family, one in five in a given year."""
        return Event(family, self._names(family, ()), self.rng.choice(YEARS) if self.rng.random() < 0.2 else None)

    def sentence(self, event: Event, *, plain: bool = False, short: bool = False) -> Sentence:
        """A sentence on the event. `plain` ones can stand behind "while"; `short` ones may give a person's surname only."""
        rng, family = self.rng, event.family
        sign = rng.choice("+-") if plain else rng.choices(list(SIGNS), list(SIGNS.values()))[0]
        # denying the opposite asserts nothing in a loose family, so there only the event itself is denied
        side = "yes" if sign == "-" and "loose" in family.flags else rng.choice(("yes", "no"))
        phrase = rng.choice(family.yes if side == "yes" else family.no)
        fitting = [w for w in self.wordings if w.sign == sign and _fits(w, event, phrase, side, plain=plain)]
        kind = rng.choice(sorted({w.kind for w in fitting}))
        wording = rng.choice([w for w in fitting if w.kind == kind])
        names = tuple(
            replace(n, text=n.surname) if n.surname and short and rng.random() < 0.15 else n for n in event.names
        )
        return Sentence(event, side, wording, self.say(replace(event, names=names), phrase, wording, plain=plain))

    def question(self, event: Event, side: str) -> str:
        """A question as a statement, or as a question in so many words."""
        phrase = self.rng.choice(event.family.yes if side == "yes" else event.family.no)
        form = self.rng.choice(("{S} {s}", "{S} {s}", "{S} will {base}", "Will {S} {base}?"))
        return _upper(self._render(form, phrase, event))

    def _names(self, family: Family, taken: tuple[Name, ...]) -> tuple[Name, ...]:
        names: tuple[Name, ...] = ()
        for kind in family.types:
            names += (self.cast.others(kind, taken + names),)
        return names

    def _misses(self, main: Event) -> list[Callable[[], Event]]:
        """What sorts of near-miss the event allows, each ready to be made."""
        family, names = main.family, main.names

        def other(at: int, kind: str) -> Callable[[], Event]:
            return lambda: replace(
                main, names=_with(names, at, self.cast.others(kind, names)), near=f"other {family.types[at]}"
            )

        def namesake(at: int) -> Callable[[], Event]:
            return lambda: replace(main, names=_with(names, at, self._namesake(names[at])), near="same surname")

        misses = [other(at, kind) for at, kind in enumerate(family.types) if f"sole{at}" not in family.flags]
        misses += [namesake(i) for i, n in enumerate(names) if n.surname and f"sole{i}" not in family.flags]
        if len(names) > 1 and family.types[0] == family.types[1] and "mutual" not in family.flags:
            misses += [lambda: replace(main, names=(names[1], names[0], *names[2:]), near="roles")] * 2
        if main.year:
            wrong = [year for year in YEARS if year != main.year]
            misses += [lambda: replace(main, year=self.rng.choice(wrong), near="other year")] * 3
        asides = [f for f in self.families if f.types == family.types and f is not family and "aside" in f.flags]
        if asides and not family.held_out:
            misses.append(lambda: replace(main, family=self.rng.choice(asides), near="other matter"))
        return misses

    def _namesake(self, name: Name) -> Name:
        while True:
            other = self.cast.draw("person")
            first = other.text.split()[0]
            if not name.text.startswith(first):
                return replace(other, text=f"{first} {name.surname}", surname=name.surname)

    def say(self, event: Event, phrase: str, wording: Wording, *, plain: bool = False) -> str:
        """The event in words; `plain` leaves it bare, without opening, attribution or full stop."""
        rng, form, family = self.rng, wording.text, event.family
        if "{N}" in form:
            form = form.replace("{N}", rng.choice(family.nouns) + (f" in {event.year}" if event.year else ""))
        if "{O}" in form:
            form = form.replace("{O}", rng.choice(family.open))
        text = self.cast.fill(self._render(form, phrase, event))
        if plain:
            return text
        if "bare" in wording.flags:
            chance = rng.random()
            if chance < 0.3:
                text = self.cast.fill(rng.choice(OPENINGS)) + text
            elif chance < 0.55:
                text += self.cast.fill(rng.choice(ENDINGS))
        if wording.kind == "headline" and rng.random() < 0.3:
            text = " ".join(word[0].upper() + word[1:] for word in text.split())
        elif wording.kind != "headline" and text[-1] not in ".?”":
            text += "."
        return _upper(text if rng.random() < 0.5 else text.replace("’", "'"))

    def _render(self, form: str, phrase: str, event: Event) -> str:
        """The form with its phrase and names put in; the types of speakers, outlets and days stay in braces."""
        names = event.names
        subject = names[1] if phrase[0] == ">" else names[0]
        verb, _, rest = phrase.lstrip(">~ ").partition(" ")
        when = f" in {event.year}" if event.year else ""
        slots = {k: f"{v} {rest}".rstrip() + when for k, v in inflect(verb, self.verbs, plural=subject.plural).items()}
        slots |= {
            "S": subject.text,
            "is": "are" if subject.plural else "is",
            "has": "have" if subject.plural else "has",
            "was": "were" if subject.plural else "was",
            "es": "" if subject.plural else "s",
        }
        text = re.sub(r"\{(\w+)\}", lambda m: slots.get(m[1], m[0]), form).replace("{own}", subject.own)
        for letter, name in zip("ABC", names, strict=False):
            text = text.replace(f"{{{letter}}}’s", name.possessive).replace(f"{{{letter}}}", name.text)
        return text


def _with(names: Sequence[Name], at: int, name: Name) -> tuple[Name, ...]:
    return (*names[:at], name, *names[at + 1 :])


def _upper(text: str) -> str:
    """A capital at the start and after a question mark."""
    return re.sub(r"(?:^“?|[?] )\w", lambda m: m[0].upper(), text)


def _fits(wording: Wording, event: Event, phrase: str, side: str, *, plain: bool) -> bool:
    if "agent" in wording.flags and phrase[0] in ">~":
        return False
    if plain:
        return "bare" in wording.flags
    if "{N}" in wording.text:
        return side == "yes" and bool(event.family.nouns)
    return "{O}" not in wording.text or (bool(event.family.open) and event.year is None)


def _row(sentence: Sentence, question: str, label: str, near: str) -> Row:
    family = sentence.event.family
    return Row(question, sentence.text, label, family.name, family.held_out, sentence.wording.kind, near)


def labels(sentence: Sentence) -> list[tuple[str, str]]:
    """What the sentence says to its event's two sides: (yes, for) … A loose family says nothing to the opposite of what is denied."""
    sign = sentence.wording.sign
    told = []
    for side in ("yes", "no"):
        same = side == sentence.side
        if sign == "0":
            told.append((side, "observing"))
        elif same or sign == "+" or "loose" not in sentence.event.family.flags:
            told.append((side, "for" if same == (sign == "+") else "against"))
    return told


def ceilings(rows: Sequence[Row]) -> dict[str, float]:
    """The best accuracy, in percent, that knowing only the text or only the question could reach, and the share of the largest label."""

    def best(key: Callable[[Row], str]) -> float:
        groups: dict[str, Counter[str]] = defaultdict(Counter)
        for row in rows:
            groups[key(row)][row.label] += 1
        return round(100 * sum(max(group.values()) for group in groups.values()) / len(rows), 1)

    return {"text": best(lambda r: r.text), "question": best(lambda r: r.question), "largest": best(lambda _: "")}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("build/stance/rows.jsonl"))
    parser.add_argument("--per-family", type=int, default=14, help="scenes of each verb family")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    rows = Composer(seed=options.seed).rows(options.per_family)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    with options.out.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(asdict(row), ensure_ascii=False) + "\n" for row in rows)
    held_out = [row for row in rows if row.held_out]
    print(
        json.dumps(
            {
                "rows": len(rows),
                "held out": len(held_out),
                "families": len({row.family for row in rows}),
                "families held out": len({row.family for row in held_out}),
                "labels": dict(Counter(row.label for row in rows).most_common()),
                "ceilings": ceilings(rows),
            }
        )
    )


if __name__ == "__main__":
    main()
