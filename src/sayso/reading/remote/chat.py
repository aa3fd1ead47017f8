"""One question to a model, one JSON object back: in the form the server takes, and with what went wrong told apart."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from sayso.errors import AnswerError
from sayso.reading.remote.account import Tally
from sayso.reading.remote.answers import parsed
from sayso.reading.remote.prompt import response_format
from sayso.reading.remote.wire import DeclinedError, Wire, wants_no_form

_TOO_LONG = re.compile(
    r"context[_ ](?:length|window|size)|maximum context|too (?:long|large)|too many tokens|token limit|exceeds? the",
    re.IGNORECASE,
)
_TEMPERATURE = re.compile(r"temperature", re.IGNORECASE)
_TRIES = 2  # at an answer that is no JSON: chance plays a part in what a model says

Messages = list[dict[str, str]]


class TooLongError(AnswerError):
    """Question or answer do not fit into what the model takes; a smaller one may."""


@dataclass(frozen=True, slots=True)
class Form:
    """How answers are asked for: by a schema or by words alone, and whether a temperature is named."""

    schema: bool = True
    temperature: bool = True


class Chat:
    """Asks one model, and remembers the form its server takes. Threads may share it."""

    def __init__(self, wire: Wire, model: str, tally: Tally) -> None:
        self._wire = wire
        self._model = model
        self._tally = tally
        self._form = Form()
        self._proven = False  # whether the form has brought an answer already
        self._lock = threading.Lock()

    def ask(
        self,
        messages: Callable[[bool], Messages],
        *,
        name: str,
        schema: dict[str, Any],
        sound: Callable[[dict[str, object]], bool],
    ) -> dict[str, object]:
        """The answer as a JSON object that is `sound`. `messages(plain)` are what is asked; plain where no schema is sent.

        Raises TooLongError, AnswerError where the answer stays of no use, ReaderError where the server does.
        """
        for _ in range(_TRIES):
            told = parsed(self._content(self._posted(messages, name, schema)))
            if told is not None and sound(told):
                self._tally.add("answered")
                return told
        raise AnswerError(f"the answers of {self._model} are not the JSON asked for; try another model")

    def _posted(self, messages: Callable[[bool], Messages], name: str, schema: dict[str, Any]) -> dict[str, Any]:
        while True:
            form = self._form
            body: dict[str, object] = {"model": self._model, "messages": messages(not form.schema), "stream": False}
            if form.temperature:
                body["temperature"] = 0
            if form.schema:
                body["response_format"] = response_format(name, schema)
            try:
                told = self._wire.post(body)
            except DeclinedError as no:
                self._settle(form, no)
                continue
            self._proven = True
            self._tally.used(told.get("usage"))
            return told

    def _settle(self, form: Form, no: DeclinedError) -> None:
        """Give up what the server turned down, or give up. Each turn leaves one thing less to give up, so this ends."""
        if form.temperature and _TEMPERATURE.search(no.said):
            simpler = replace(form, temperature=False)
        elif form.schema and wants_no_form(no.said):
            simpler = replace(form, schema=False)
        elif _TOO_LONG.search(no.said):
            raise TooLongError(str(no)) from None
        elif form.schema and not self._proven:  # many servers do not say what they mind
            simpler = replace(form, schema=False)
        else:
            raise no
        with self._lock:
            if self._form == form:  # another thread may have settled it already
                self._form = simpler

    def _content(self, told: dict[str, Any]) -> str:
        choices = told.get("choices")
        choice = choices[0] if isinstance(choices, list) and choices else None
        message = choice.get("message") if isinstance(choice, dict) else None
        if not isinstance(choice, dict) or not isinstance(message, dict):
            raise AnswerError(f"the answer of {self._model} is no chat completion; check --base-url and the model")
        if choice.get("finish_reason") == "length":
            raise TooLongError(f"the answer of {self._model} was cut off; give its server room for longer answers")
        if choice.get("finish_reason") == "content_filter" or message.get("refusal"):
            raise AnswerError(f"{self._model} refuses to read this text")
        content = message.get("content")
        return content if isinstance(content, str) else ""
