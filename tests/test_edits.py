"""What counts as an edit, what became of the claims, and how readers were told."""

from __future__ import annotations

import pytest

from sayso.edits import alike, changes, fresh, manner, note_of, same_words, told
from sayso.records import Claim, Source, Span, content_id

TEXT = "Quill to leave\n\nIvo Brandt said the coach Marta Quill will leave Calder Rovers in June.\n\nThe club did not comment."


def claim(content: str, *, by: str = "Ivo Brandt", certainty: int | None = 3, start: int = 0) -> Claim:
    source = Source("own", None) if by == "own" else Source("person", by, None)
    cue = None if by == "own" else Span(start, start + 4, "said")
    evidence = (Span(start, start + len(content), content),)
    ident = content_id(content, by, str(certainty))
    return Claim(ident, "a", evidence, source, cue, "indirect", (), by, certainty, None, None, 0.9, "reader")


@pytest.mark.parametrize(
    "other",
    [
        TEXT.replace("\n\n", "\n \n"),
        TEXT + "\n\n1,284 views",
        TEXT + "\n\n3 min read\n\nUpdated 14:05",
        TEXT.replace("Ivo Brandt said", "Ivo  Brandt  said").replace(".", " ."),
        TEXT + "\n\n2 hours ago",
    ],
)
def test_blanks_counters_and_hours_are_no_edit(article, other: str) -> None:
    assert same_words(article(TEXT), article(other))


@pytest.mark.parametrize(
    "other", [TEXT.replace("will leave", "will not leave"), TEXT.replace("June", "July"), TEXT + "\n\nA vote is due."]
)
def test_other_words_are_an_edit_of_the_same_article(article, other: str) -> None:
    assert not same_words(article(TEXT), article(other))
    assert alike(article(TEXT), article(other)) > 0.5


def test_another_report_is_not_alike(article) -> None:
    assert (
        alike(article(TEXT), article("The mayor opened a bridge over the Tarn on Sunday, and the band played.")) < 0.1
    )


@pytest.mark.parametrize(
    ("line", "how"),
    [
        ("Correction: an earlier version of this article gave the wrong month.", "corrected"),
        ("This article was amended on 16 March 2031 to correct the month.", "corrected"),
        ("Updated 16 March 2031 14:05", "updated"),
        ("This story has been updated.", "updated"),
    ],
)
def test_a_page_that_says_so_is_not_silent(article, line: str, how: str) -> None:
    note = note_of(article(TEXT.replace("June", "July") + f"\n\n{line}"), article(TEXT))
    assert note == line
    assert manner(note) == how


def test_a_note_that_stood_there_before_tells_nothing_of_this_change(article) -> None:
    line = "\n\nCorrection: the name of the ground was wrong."
    assert note_of(article(TEXT.replace("June", "July") + line), article(TEXT + line)) is None
    assert manner(None) == "silent"


def test_prose_about_a_correction_is_no_note(article) -> None:
    text = TEXT + "\n\nBrandt said the club had corrected its accounts and updated its forecast for 2032."
    assert note_of(article(text), article(TEXT)) is None


def test_the_moment_in_the_note_dates_the_version(article) -> None:
    assert told(article(TEXT), "This article was amended on 16 March 2031 at 14:05.") == "2031-03-16T14:05"
    assert told(article(TEXT), None) == "2031-03-14"
    assert told(article(TEXT, day=None), None) is None


def test_what_vanished_what_came_and_what_is_said_less_surely() -> None:
    stays, gone = claim("the coach Marta Quill will leave Calder Rovers"), claim("the board met twice on Sunday night")
    weaker, new = (
        claim("the coach Marta Quill may leave Calder Rovers", certainty=1),
        claim("nobody has been asked to follow her"),
    )
    found = changes([stays, gone], [weaker, new])
    assert [one.kinds for one in found] == [("certainty", "words"), ("appeared",), ("vanished",)]
    assert fresh([stays, gone], [weaker, new]) == {weaker.id, new.id}


def test_another_source_for_the_same_words_is_told() -> None:
    (one,) = changes(
        [claim("the coach will leave the club in June")], [claim("the coach will leave the club in June", by="own")]
    )
    assert one.kinds == ("source",)
    assert one.telling


def test_a_reworded_claim_is_the_same_claim() -> None:
    before, after = claim("Quill will leave the club in June"), claim("Quill will leave her club at the end of June")
    (one,) = changes([before], [after])
    assert one.kinds == ("words",)
    assert not one.telling
    assert fresh([before], [after]) == frozenset()


def test_two_claims_alike_are_told_apart_by_their_source() -> None:
    words = "the coach will leave the club in June"
    one, other = claim(words), claim(words, by="Lena Ortiz")
    assert changes([one, other], [claim(words, by="Lena Ortiz", start=5), claim(words, start=9)]) == ()


def test_unchanged_claims_leave_no_trace() -> None:
    same = [claim("the coach will leave"), claim("June it is", by="own", certainty=None)]
    assert changes(same, same) == ()
