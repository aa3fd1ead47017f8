"""Pages → a terminal. Widths and colours behave in a pipe, in 80 columns and on dark ground; nothing rests on colour alone."""

from sayso.terminal.questions import (
    show_followed,
    show_proposed,
    show_question,
    show_questions,
    show_source,
    show_sources,
)
from sayso.terminal.stories import show_copies, show_stories, show_story
from sayso.terminal.timeline import claims_block, reading_progress, show_account, show_article, show_timeline

__all__ = [
    "claims_block",
    "reading_progress",
    "show_account",
    "show_article",
    "show_copies",
    "show_followed",
    "show_proposed",
    "show_question",
    "show_questions",
    "show_source",
    "show_sources",
    "show_stories",
    "show_story",
    "show_timeline",
]
