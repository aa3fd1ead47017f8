"""Ledger → pages. A page is a dataclass; terminal and JSON show that same object."""

from sayso.views.decided import Decided, decided
from sayso.views.documents import Imprint, document
from sayso.views.edited import ClaimEdited, Edited
from sayso.views.exported import Selection, exported
from sayso.views.holdings import StatsPage, stats
from sayso.views.outcomes import ProposedOutcome, proposed_outcomes
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
from sayso.views.search import ArticleHit, NameHit, SearchPage, search
from sayso.views.stories import CopyLine, Episode, StoryLine, StoryPage, copies, out_by, stories, story
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
from sayso.views.versions import ChangedLine, Edit, EditedArticle, edits

__all__ = [
    "REFERENCE",
    "ArticleClaims",
    "ArticleHit",
    "ArticlePage",
    "ChangedLine",
    "ClaimEdited",
    "CopyLine",
    "Decided",
    "Edit",
    "Edited",
    "EditedArticle",
    "Episode",
    "Imprint",
    "Line",
    "NameHit",
    "Part",
    "ProposedOutcome",
    "QuestionLine",
    "QuestionPage",
    "SearchPage",
    "Selection",
    "SourceLine",
    "SourcePage",
    "SourcesPage",
    "StatsPage",
    "StoryLine",
    "StoryPage",
    "TimelinePage",
    "article",
    "claims",
    "copies",
    "decided",
    "document",
    "edits",
    "exported",
    "out_by",
    "proposed",
    "proposed_outcomes",
    "published_words",
    "question",
    "questions",
    "search",
    "source",
    "sources",
    "stats",
    "stories",
    "story",
    "timeline",
]
