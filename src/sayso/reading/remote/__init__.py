"""Any OpenAI-compatible chat-completions server as a Reader: it points at words, and only words that stand in the article count."""

from sayso.errors import AnswerError
from sayso.reading.remote.account import Account, Budget, Prices
from sayso.reading.remote.answers import Refused
from sayso.reading.remote.reader import Reading, RemoteReader, open_remote
from sayso.reading.remote.wire import Limits

__all__ = ["Account", "AnswerError", "Budget", "Limits", "Prices", "Reading", "Refused", "RemoteReader", "open_remote"]
