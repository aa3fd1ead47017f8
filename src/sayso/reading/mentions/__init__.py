"""People, organisations and outlets in a text: who a source's words stand for. What the text does not settle is left as said."""

from sayso.reading.decode import Name
from sayso.reading.mentions.cast import Cast, Mention, trimmed
from sayso.reading.mentions.find import bare, find_names
from sayso.reading.mentions.heard import PRONOUNS, SETTLED, Hint, Who
from sayso.reading.mentions.outlets import OutletEntry, find_outlet, looks_like_outlet, loose, register
from sayso.reading.mentions.resolve import Resolver

__all__ = [
    "PRONOUNS",
    "SETTLED",
    "Cast",
    "Hint",
    "Mention",
    "Name",
    "OutletEntry",
    "Resolver",
    "Who",
    "bare",
    "find_names",
    "find_outlet",
    "looks_like_outlet",
    "loose",
    "register",
    "trimmed",
]
