"""Ledger → pages. A page is a dataclass; terminal and JSON show that same object."""

from sayso.views.exported import exported
from sayso.views.questions import (
    Part,
    QuestionLine,
    QuestionPage,
    SourceLine,
    SourcePage,
    SourcesPage,
    proposed,
    question,
    questions,
    source,
    sources,
)
from sayso.views.stories import CopyLine, StoryLine, StoryPage, copies, stories, story
from sayso.views.timeline import (
    REFERENCE,
    ArticleClaims,
    ArticlePage,
    Line,
    TimelinePage,
    article,
    claims,
    published_words,
    timeline,
)

__all__ = [
    "REFERENCE",
    "ArticleClaims",
    "ArticlePage",
    "CopyLine",
    "Line",
    "Part",
    "QuestionLine",
    "QuestionPage",
    "SourceLine",
    "SourcePage",
    "SourcesPage",
    "StoryLine",
    "StoryPage",
    "TimelinePage",
    "article",
    "claims",
    "copies",
    "exported",
    "proposed",
    "published_words",
    "question",
    "questions",
    "source",
    "sources",
    "stories",
    "story",
    "timeline",
]
