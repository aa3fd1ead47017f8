"""The whole flow: pages → articles → claims (reading), articles → stories and copies (grouping), claims → stances (asking)."""

from sayso.pipeline.asking import follow, reassess, window_of
from sayso.pipeline.grouping import decide, group
from sayso.pipeline.reading import Account, articles, read
from sayso.pipeline.watching import watch

__all__ = ["Account", "articles", "decide", "follow", "group", "read", "reassess", "watch", "window_of"]
