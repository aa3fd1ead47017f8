"""What a text says to happen: frames of the lexicon, who does what to whom, how surely and when."""

from sayso.reading.events.found import Parsed, events, read_question, statement
from sayso.reading.events.lexicon import FATES, Lexicon, open_lexicon
from sayso.reading.events.roles import Who

__all__ = ["FATES", "Lexicon", "Parsed", "Who", "events", "open_lexicon", "read_question", "statement"]
