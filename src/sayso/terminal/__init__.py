"""Pages → a terminal. Widths and colours behave in a pipe, in 80 columns and on dark ground; nothing rests on colour alone."""

from sayso.terminal.alerts import show_alert, show_alerts
from sayso.terminal.holdings import bytes_words, show_stats
from sayso.terminal.questions import (
    show_followed,
    show_proposals,
    show_proposed,
    show_question,
    show_questions,
    show_source,
    show_sources,
)
from sayso.terminal.searching import show_search
from sayso.terminal.stories import show_copies, show_stories, show_story
from sayso.terminal.timeline import claims_block, reading_progress, show_account, show_article, show_timeline
from sayso.terminal.versions import show_edits

__all__ = [
    "bytes_words",
    "claims_block",
    "reading_progress",
    "show_account",
    "show_alert",
    "show_alerts",
    "show_article",
    "show_copies",
    "show_edits",
    "show_followed",
    "show_proposals",
    "show_proposed",
    "show_question",
    "show_questions",
    "show_search",
    "show_source",
    "show_sources",
    "show_stats",
    "show_stories",
    "show_story",
    "show_timeline",
]
