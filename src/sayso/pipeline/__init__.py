"""The whole flow: pages → articles → claims (reading), articles → stories and copies (grouping), claims → stances (asking)."""

from sayso.pipeline.archiving import archive
from sayso.pipeline.asking import follow, reassess, window_of
from sayso.pipeline.deciding import (
    SIDES,
    STATUSES,
    Ruled,
    decline,
    drop,
    merge,
    rename,
    resolve,
    rule,
    set_window,
    split,
    take_outcomes,
    undo,
    window,
)
from sayso.pipeline.grouping import decide, group
from sayso.pipeline.loading import Loaded, load
from sayso.pipeline.reading import Account, articles, read, settle, take
from sayso.pipeline.watching import watch

__all__ = [
    "SIDES",
    "STATUSES",
    "Account",
    "Loaded",
    "Ruled",
    "archive",
    "articles",
    "decide",
    "decline",
    "drop",
    "follow",
    "group",
    "load",
    "merge",
    "read",
    "reassess",
    "rename",
    "resolve",
    "rule",
    "set_window",
    "settle",
    "split",
    "take",
    "take_outcomes",
    "undo",
    "watch",
    "window",
    "window_of",
]
