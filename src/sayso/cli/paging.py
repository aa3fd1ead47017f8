"""Long listings in pages: the options --limit and --page, and the line that says there is more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Final, TypeVar

import typer

from sayso.cli.app import console

Limit = Annotated[int | None, typer.Option(min=1, help="At most so many; with --json all, unless given.")]
Page = Annotated[int, typer.Option(min=1, help="Which page of so many.")]
SHOWN: Final = 50  # on a terminal, unless --limit says otherwise
ARTICLES: Final = 20  # of a timeline, with all their claims

One = TypeVar("One")


@dataclass(frozen=True, slots=True)
class Paging:
    """A part of a listing: `limit` of what comes after the first `offset`; None is all."""

    limit: int | None
    page: int

    @property
    def offset(self) -> int:
        """How many come before this page."""
        return (self.page - 1) * (self.limit or 0)

    @property
    def asked(self) -> int | None:
        """One more than is shown: whether there is another page shows without counting."""
        return None if self.limit is None else self.limit + 1

    def shown(self, found: Sequence[One]) -> Sequence[One]:
        """What of it is on this page."""
        return found if self.limit is None else found[: self.limit]

    def goes_on(self, found: Sequence[One]) -> bool:
        """Whether what was asked for is more than this page shows."""
        return self.limit is not None and len(found) > self.limit

    def end(self, *, more: bool) -> None:
        """Say that there is another page."""
        if more:
            console().print(f"There is more: --page {self.page + 1}", style="dim")


def paging(limit: int | None, page: int, *, as_json: bool, usual: int = SHOWN) -> Paging:
    """What the options come to."""
    return Paging(limit or (usual if page > 1 or not as_json else None), page)
