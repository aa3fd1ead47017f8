"""Forms as data: what is asked for, and what was typed. One template shows them all, on the page they belong to or again after an error."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sayso.ledger import Followed
from sayso.records import Article, Question, Story
from sayso.views import ProposedOutcome
from sayso.web.wording import day

Kind = Literal["text", "date", "select", "checks", "area", "hidden", "files"]
Option = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Field:
    """One thing asked for. `value` is what stands in it, `values` what is ticked; `options` are values with their words."""

    name: str
    label: str
    kind: Kind = "text"
    value: str = ""
    values: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    hint: str = ""
    required: bool = False
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """A change: where it is sent, what is asked for, and the words on its button."""

    action: str
    button: str
    fields: tuple[Field, ...] = ()
    key: str = ""

    def filled(self, typed: Mapping[str, Sequence[str]]) -> Form:
        """The same form with what was typed in it."""
        return replace(self, fields=tuple(_filled(field, typed.get(field.name, ())) for field in self.fields))


def _filled(field: Field, typed: Sequence[str]) -> Field:
    return replace(field, value=typed[0] if typed else "", values=tuple(typed))


STANCES: tuple[Option, ...] = (
    ("for", "for"),
    ("against", "against"),
    ("observing", "observing"),
    ("unrelated", "unrelated"),
    ("read", "as it was read"),
)
OUTCOMES: tuple[Option, ...] = (("yes", "yes"), ("no", "no"), ("ambiguous", "ambiguous: no telling"))


def _of(one: Followed, verb: str) -> str:
    return f"/questions/{one.number}/{verb}"


def follow(question: Question | None = None, *, text: str = "") -> Form:
    """Follow a question, empty or one that is proposed."""
    return Form(
        "/questions",
        "Follow this question",
        (
            Field("text", "Question, as a short statement", value=question.text if question else text, required=True,
                  hint="Who does what: “Ada Crane leaves Norda”.", most=300),
            Field("start", "About the days from", "date", str(question.start or "") if question else ""),
            Field("end", "to", "date", str(question.end or "") if question else "",
                  hint="Left empty: the last episode of the story it belongs to."),
            Field("among", "One of several, of which at most one ends with yes", value=(question.group or "") if question else "",
                  hint="A name the alternatives share, as “next coach”; may be left empty.", most=100),
        ),
        "follow",
    )  # fmt: skip


def take(question: Question) -> Form:
    """Follow a proposed question as it stands."""
    fields = (("text", question.text), ("start", question.start), ("end", question.end), ("among", question.group))
    return Form("/questions", "Follow", tuple(Field(n, "", "hidden", str(v or "")) for n, v in fields), "take")


def decline(question: Question) -> Form:
    """Never propose a question again."""
    fields = (("text", question.text), ("start", question.start), ("end", question.end))
    return Form("/follow/decline", "Drop", tuple(Field(n, "", "hidden", str(v or "")) for n, v in fields), "decline")


def window(one: Followed) -> Form:
    """Give a question another window."""
    days = (str(one.question.start or ""), str(one.question.end or ""))
    return Form(
        _of(one, "window"),
        "Set the window",
        (Field("start", "First day", "date", days[0]), Field("end", "Last day", "date", days[1], hint="Either may be left empty.")),
        "window",
    )  # fmt: skip


def outcome(one: Followed, proposed: ProposedOutcome | None = None, key: str = "outcome") -> Form:
    """Say how a question ended; filled in where reports propose it."""
    known = one.outcome
    status = proposed.proposal.status if proposed else known.status if known.status != "open" else ""
    on = proposed.proposal.on if proposed else known.on
    evidence = proposed.lines[0].reference if proposed and proposed.lines else known.evidence
    return Form(
        _of(one, "outcome"),
        "Settle it",
        (
            Field("status", "It ended", "select", status, options=OUTCOMES, required=True),
            Field("on", "On the day", "date", str(on or "")),
            Field("evidence", "Evidence", value=evidence or "", hint="An address, or the reference of an article or claim.", most=2000),
        ),
        key,
    )  # fmt: skip


def reopen(one: Followed) -> Form:
    """Take the outcome back."""
    return Form(_of(one, "outcome"), "Take this outcome back", (Field("status", "", "hidden", "open"),), "reopen")


def stance(one: Followed, claim: str, side: str, *, by_hand: bool = False) -> Form:
    """Set what a claim says to a question."""
    options = STANCES if by_hand else STANCES[:-1]
    fields = (
        Field("claim", "", "hidden", claim),
        Field("side", "What this says to the question", "select", side, options=options),
    )
    return Form(_of(one, "stance"), "Set", fields, f"stance-{claim[:7]}")


def drop(one: Followed) -> Form:
    """Stop following a question."""
    return Form(_of(one, "drop"), "Stop following it", (), "drop")


def rename(story: Story) -> Form:
    """Give a story a name of one's own."""
    return Form(
        f"/stories/{story.id}/rename",
        "Rename",
        (Field("name", "Name", value=story.name, required=True, most=200),),
        "rename",
    )


def merge(story: Story, others: Sequence[Story]) -> Form:
    """Say that two stories are one."""
    options = tuple((other.id, f"{other.name} ({len(other.articles)})") for other in others)
    return Form(
        f"/stories/{story.id}/merge",
        "Merge",
        (Field("other", "It is one with", "select", options=options, required=True),),
        "merge",
    )


def split(story: Story, articles: Sequence[Article]) -> Form:
    """Say that some articles are a story of their own."""
    options = tuple(
        (a.id, f"{day(a.published.start)}, {a.outlet.name or 'unknown outlet'}: {a.title or a.text[:60]}")
        for a in articles
    )
    label = "These are a story of their own"
    return Form(
        f"/stories/{story.id}/split",
        "Split off",
        (Field("article", label, "checks", options=options, required=True),),
        "split",
    )


def undo(number: int) -> Form:
    """Take a merge, a split or a name back."""
    return Form(f"/decisions/{number}/undo", "Take it back", (), f"undo-{number}")
