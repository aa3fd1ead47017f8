"""The remote reader: texts in parts to a model, its answers back onto the text."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.errors import InputError
from sayso.reading.decode import Found, Spans
from sayso.reading.remote import answers, prompt
from sayso.reading.remote.account import Account, Budget, Prices, Tally
from sayso.reading.remote.answers import Refused
from sayso.reading.remote.cache import Cache
from sayso.reading.remote.chat import Chat, TooLongError
from sayso.reading.remote.quotes import PART, Passage, Place, halves, passages
from sayso.reading.remote.wire import Limits, Wire
from sayso.records import content_id

OPENAI = "https://api.openai.com/v1"
KEY = "OPENAI_API_KEY"
_SPEC = re.compile(r"openai:(?P<model>[\w.:/@+-]{1,200})", re.ASCII)
_SMALLEST = 400  # code points; a passage that is too long for a model at this size always will be


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in a text, and what the model claimed besides and could not show."""

    spans: Spans
    refused: tuple[Refused, ...]


class RemoteReader:
    """A language model behind an OpenAI-compatible server as a Reader. Threads may share it; `part` is how many code points are asked about at once.

    spans and judge raise AnswerError for a text that gets no useful answer, ReaderError where the server cannot be used at all.
    """

    def __init__(
        self,
        model: str,
        *,
        base_url: str,
        cache: Path,
        limits: Limits | None = None,
        prices: Prices | None = None,
        budget: Budget | None = None,
        part: int = PART,
        key: str | None = None,
    ) -> None:
        self._model = model
        self._part = part
        self._tally = Tally(prices, budget)
        self._cache = Cache(cache)
        self._chat = Chat(Wire(base_url, key=key, limits=limits or Limits(), tally=self._tally), model, self._tally)

    @property
    def name(self) -> str:
        """The model and the version of what it is asked."""
        return f"openai:{self._model}@{prompt.VERSION}"

    def spans(self, text: str) -> Spans:
        """Attributions of one text, each of whose words stands in it."""
        return self.read(text).spans

    def read(self, text: str) -> Reading:
        """The attributions of one text, and the claims that were refused."""
        found: list[Found] = []
        refused: list[Refused] = []
        for passage in passages(text, most=self._part):
            for part, told in self._told(passage):
                kept, no = answers.attributions(told, part)
                found += kept
                refused += no
        self._tally.add("claims", len(found))
        self._tally.refuse(one.reason for one in refused)
        return Reading(_spans(found), tuple(refused))

    def judge(self, question: str, text: str) -> tuple[float, float, float, float]:
        """Probabilities that a text is for, against or observing a question, or has nothing to do with it, as the model puts them."""
        key = self._key("stance", question, text)
        held = self._cache.get(key)
        told = held.get("answer") if held else None
        if isinstance(told, dict) and (kept := answers.stance(told)):
            self._tally.add("cached")
            return kept
        made = self._chat.ask(
            lambda plain: prompt.stance_messages(question, text, plain=plain),
            name="stance",
            schema=prompt.STANCE_SCHEMA,
            sound=lambda told: answers.stance(told) is not None,
        )
        self._cache.put(key, self._held(made))
        sides = answers.stance(made)
        assert sides is not None  # what is not sound was not answered
        return sides

    def account(self) -> Account:
        """What was asked, got, refused and paid since this reader was made."""
        return self._tally.account()

    def _told(self, passage: Passage) -> list[tuple[Passage, dict[str, object]]]:
        """The answer about a passage, or the answers about its parts where it is too long for the model."""
        words = passage.text[passage.start : passage.end]
        key = self._key("claims", words)
        held = self._cache.get(key) or {}
        told = held.get("answer")
        if isinstance(told, dict) and answers.is_answer(told):
            self._tally.add("cached")
            return [(passage, told)]
        if held.get("too_long") is not True:
            try:
                made = self._chat.ask(
                    lambda plain: prompt.claims_messages(passage.text, passage.paragraphs, plain=plain),
                    name="attributions",
                    schema=prompt.CLAIMS_SCHEMA,
                    sound=answers.is_answer,
                )
            except TooLongError:
                if len(words) < _SMALLEST:
                    raise
                self._cache.put(key, self._held(None) | {"too_long": True})
            else:
                self._cache.put(key, self._held(made))
                return [(passage, made)]
        return [one for half in halves(passage) for one in self._told(half)]

    def _key(self, *parts: str) -> str:
        return content_id("remote", self._model, prompt.VERSION, *parts, length=32)

    def _held(self, answer: dict[str, object] | None) -> dict[str, Any]:
        return {"model": self._model, "prompt": prompt.VERSION, "answer": answer}


def _spans(found: list[Found]) -> Spans:
    def role(places: list[Place]) -> tuple[Place, ...]:
        return tuple(sorted(set(places)))

    return Spans(
        attributions=tuple(found),
        source=role([place for one in found for place in one.source]),
        cue=role([one.cue for one in found]),
        content=role([place for one in found for place in one.content]),
    )


def open_remote(
    spec: str,
    *,
    cache: Path,
    base_url: str | None = None,
    limits: Limits | None = None,
    prices: Prices | None = None,
    budget: Budget | None = None,
) -> RemoteReader:
    """The reader that `openai:MODEL` names, at OpenAI's own address where no other is given; the key comes from OPENAI_API_KEY.

    Raises InputError for another kind of name, ReaderError for an address, key or cache folder that cannot be used.
    """
    match = _SPEC.fullmatch(spec)
    if match is None:
        raise InputError(
            f"no reader {spec[:80]!a}; name a model as openai:MODEL, with --base-url for a server of your own"
        )
    return RemoteReader(
        match["model"],
        base_url=base_url or OPENAI,
        cache=cache,
        limits=limits,
        prices=prices,
        budget=budget,
        key=os.environ.get(KEY),
    )
