from __future__ import annotations

from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

from corpora.marked import MarkError, parse_item, read_marked

ROOT = Path(__file__).parents[2] / "training/corpus"
ITEM = """## courts-014 | body | Harbour Post
[s1 A source] [c1 told] the Post [t1 that [s2 prosecutors] [c2 believe] [t2 the two
men met]]. “[t3 It is over]”, [s3,4 he] [c3 said] and [c4 refused to say] [t4 why].
1: anonymous | A source > Harbour Post | +3
2: organisation | prosecutors > A source > Harbour Post | +2
3: person | Lionel Ansell > Harbour Post | +3
4: person | Lionel Ansell > Harbour Post | 0
"""


def test_brackets_come_off_and_leave_their_spans() -> None:
    item = parse_item(ITEM)
    first, second, *_ = item.attributions
    assert item.text.startswith("A source told the Post that prosecutors believe the two men met. “It is over”")
    assert item.text[slice(*first.content[0])] == "that prosecutors believe the two men met"
    assert item.text[slice(*second.content[0])] == "the two men met"


def test_a_shared_piece_belongs_to_both() -> None:
    *_, third, fourth = parse_item(ITEM).attributions
    assert third.source == fourth.source != ()


@pytest.mark.parametrize(
    ("wrong", "right", "why"),
    [
        ("| +3\n2:", "| +4\n2:", "note line"),
        ("[c1 told]", "told", "needs a cue"),
        ("met]].", "met].", "never closed"),
        ("1: anonymous", "1: hearsay", "unknown kind"),
        ("prosecutors > A source > Harbour Post", "prosecutors > The Ledger", "chain ends"),
    ],
)
def test_a_slip_in_the_marks_is_named(wrong: str, right: str, why: str) -> None:
    with pytest.raises(MarkError, match=why):
        parse_item(ITEM.replace(wrong, right))


def test_the_whole_corpus_is_well_formed_and_no_id_stands_twice() -> None:
    items = [item for path in sorted(ROOT.glob("*/*.txt")) for item in read_marked(path)]
    assert len({item.id for item in items}) == len(items) >= 1000


def test_no_two_paragraphs_say_nearly_the_same() -> None:
    items = [item for path in sorted(ROOT.glob("*/*.txt")) for item in read_marked(path)]
    grams: dict[tuple[str, ...], set[str]] = {}
    sizes: dict[str, int] = {}
    for item in items:
        words = item.text.lower().split()
        own = {tuple(words[i : i + 4]) for i in range(len(words) - 3)}
        sizes[item.id] = len(own)
        for gram in own:
            grams.setdefault(gram, set()).add(item.id)
    shared = Counter(pair for ids in grams.values() if len(ids) < 20 for pair in combinations(sorted(ids), 2))
    assert [pair for pair, n in shared.items() if n > 0.25 * min(sizes[p] for p in pair)] == []
