"""The tag set: the contract between training and the runtime.

Every word gets three independent BIO tags (one per role), and for every cue four scores that say whether a word begins
or continues *that* cue's source or content. Attributions inside attributions and shared sources need no other device:
a word may be content of one cue and source of another.
"""

from __future__ import annotations

ROLES = ("source", "cue", "content")
BIO = ("O", "B", "I")
LINKS = ("O", "B-source", "I-source", "B-content", "I-content")

#: read off a cue's first subword: what kind of source its content is put down to, and how surely it is put
KINDS = ("person", "organisation", "anonymous", "outlet", "document", "unnamed", "own")
CERTAINTIES = (-3, -2, -1, 0, 1, 2, 3)

#: every word gets a BIO tag over these too: the names that mentions are resolved to
NAMES = ("person", "organisation", "place")
#: read at any word that names an event: how surely it is put (−3 … +3), on the scales of two annotation schemes; claims use the first
FACTUALITY = ("news", "wikinews")

#: surface shapes of a subword; the trunk is uncased, so the model gets them as a second input
SHAPES = ("pad", "lower", "title", "upper", "digit", "punctuation", "mixed")
#: where a subword stands towards quotation marks; third input
QUOTES = ("outside", "inside", "mark")

FORMAT = 2


def describe() -> dict[str, object]:
    """What labels.json holds; a model folder with other values is refused."""
    return {
        "format": FORMAT,
        "roles": list(ROLES),
        "bio": list(BIO),
        "links": list(LINKS),
        "kinds": list(KINDS),
        "certainties": list(CERTAINTIES),
        "names": list(NAMES),
        "factuality": list(FACTUALITY),
        "shapes": list(SHAPES),
        "quotes": list(QUOTES),
    }
