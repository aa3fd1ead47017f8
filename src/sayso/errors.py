"""Every error Sayso raises on purpose: one root, few children, messages that say what to do."""

from __future__ import annotations


class SaysoError(Exception):
    """Something a user can mend; its text is one line that names the thing and the remedy."""

    exit_code = 1


class InputError(SaysoError):
    """A file, folder or option that cannot be used as given."""

    exit_code = 2


class UnreadableError(SaysoError):
    """One article that cannot be read; the batch goes on without it."""

    exit_code = 3


class LedgerError(SaysoError):
    """The ledger file cannot be opened, is not ours, or is newer than this program."""

    exit_code = 4


class ReaderError(SaysoError):
    """The reading model is missing or broken."""

    exit_code = 5


class SpentError(ReaderError):
    """A reader that costs has come to the limit set for it; what was read is kept."""


class AnswerError(ReaderError):
    """A reader's answer about one text is of no use; other texts may fare better."""
