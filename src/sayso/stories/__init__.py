"""Articles → stories: which articles tell one running story, on-line, without being told how many there are.

Two articles are as like as the cosine of their strongest terms (log count × idf; names count for more); two groups as like as
their articles are on average. They are one story where that likeness, fading with the days between them, comes to two thirds of
how like the articles are *within* each group: a tight group keeps its look-alikes out, a loose one is not torn up. A story is
kept as a `Profile` (summed terms), so placing an article takes a look into an index and some thirty profiles, however many
stories there are; after each batch the touched stories and their neighbours are grouped afresh.

What order of arrival can change, then: the ids of stories; the grouping of stories that nothing has touched since the background
counts were much smaller; and stories of more than `WHOLE` articles, which are joined but no longer taken apart.
"""

from sayso.stories.arriving import Changes, Shelf, settle, take_in
from sayso.stories.grouping import Decision, Group, group, regroup, standing
from sayso.stories.likeness import Background, Profile, candidates, fit, handles, lookups, place, profile
from sayso.stories.memory import Memory
from sayso.stories.telling import describe, episodes

__all__ = [
    "Background",
    "Changes",
    "Decision",
    "Group",
    "Memory",
    "Profile",
    "Shelf",
    "candidates",
    "describe",
    "episodes",
    "fit",
    "group",
    "handles",
    "lookups",
    "place",
    "profile",
    "regroup",
    "settle",
    "standing",
    "take_in",
]
