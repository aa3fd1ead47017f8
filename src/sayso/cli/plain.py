"""A terminal that words from outside cannot write to: codes in them that move, paint or rename it are left off as they are printed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from rich.console import Console, ConsoleOptions, ConsoleRenderable, RenderableType, RenderHook
from rich.segment import Segment

_CODES: Final = {n: None for n in (*range(0x20), *range(0x7F, 0xA0)) if chr(n) not in "\n\t"}


def plain_console(**options: Any) -> Console:
    """A rich console with these options whose words have no terminal codes in them; its own colours stay."""
    made = Console(**options)
    made.push_render_hook(_Plain())
    return made


class _Plain(RenderHook):
    def process_renderables(self, renderables: list[ConsoleRenderable]) -> list[ConsoleRenderable]:
        return [_Shown(one) for one in renderables]


class _Shown:
    def __init__(self, renderable: RenderableType) -> None:
        self._renderable = renderable

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterable[Segment]:
        for segment in console.render(self._renderable, options):
            yield segment if segment.control else Segment(segment.text.translate(_CODES), segment.style)
