"""What a way in is to be fuzzed with, and what it may answer: pages or records, or one line that says why not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from hypothesis import strategies as st

from sayso.errors import SaysoError
from sayso.records import RawPage, Skipped

_WORDS = [
    "Dario Fenn will leave, ",
    "a source told the Wire. ",
    "“no”",
    " said ",
    "é",
    "\u202e",
    "\x00",
    "&amp;",
    "\n",
    " ",
    "0",
    "-1",
    "9" * 30,
]


@dataclass(frozen=True)
class Target:
    """One way in: whole documents to start from, pieces to break them with, and what reads them."""

    seeds: tuple[bytes, ...]
    pieces: tuple[bytes, ...]
    read: Callable[[bytes], None]

    def documents(self) -> st.SearchStrategy[bytes]:
        """Documents made of pieces, some repeated very often, and good ones with pieces cut out and put in."""
        piece = st.one_of(st.sampled_from(self.pieces), st.sampled_from(_WORDS).map(str.encode), st.binary(max_size=12))
        times = st.one_of(st.just(1), st.integers(1, 4), st.sampled_from([300, 5_000, 40_000]))
        repeated = st.tuples(piece, times).map(lambda pair: pair[0] * min(pair[1], 400_000 // max(1, len(pair[0]))))
        built = st.lists(repeated, max_size=25).map(b"".join)
        edits = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 60), repeated), min_size=1, max_size=5)
        return st.one_of(built, st.tuples(st.sampled_from(self.seeds), edits).map(lambda pair: _edited(*pair)))


def _edited(seed: bytes, edits: Iterable[tuple[float, int, bytes]]) -> bytes:
    for where, cut, piece in edits:
        at = int(where * len(seed))
        seed = seed[:at] + piece + seed[at + cut :]
    return seed


def check(found: Iterable[RawPage | Skipped]) -> None:
    """Every answer is a page or one line."""
    for one in found:
        if isinstance(one, Skipped):
            assert one.reason, one
            assert len(one.reason.splitlines()) == 1, one
        else:
            assert one.content.encode("utf-8") is not None, one


def one_line_or(read: Callable[[], object]) -> None:
    """Read it; an error of ours is fine if it is one line, any other is a fault."""
    said = None
    try:
        read()
    except SaysoError as error:
        said = str(error)
    assert said is None or len(said.splitlines()) == 1, said
