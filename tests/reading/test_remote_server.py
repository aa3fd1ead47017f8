from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
import time
from email.utils import formatdate

import pytest

from sayso.errors import InputError, ReaderError, SpentError
from sayso.ledger import open_ledger
from sayso.reading.reader import Spending, open_reader
from sayso.reading.remote import AnswerError, Budget, Limits, Prices, RemoteReader, open_remote
from sayso.reading.remote.wire import Pace
from tests.reading.chatting import KEY, QUICK, TEXT, Model, claim, completion, fault, made, reasons, said


@pytest.fixture
def model():
    made = Model()
    yield made
    made.close()


@pytest.fixture
def reader(model, tmp_path):
    return made(model, tmp_path)


# the server


@pytest.mark.parametrize("status", [429, 500, 502, 503, 529])
def test_a_passing_fault_is_tried_again(model, reader, status):
    model.says(fault(status), fault(status), said(claim()))
    assert len(reader.spans(TEXT).attributions) == 1
    assert (reader.account().requests, reader.account().retries) == (3, 2)


@pytest.mark.parametrize("words", ["1", lambda: formatdate(time.time() + 2, usegmt=True)])
def test_retry_after_is_kept_to(model, reader, words):
    model.says(fault(429, headers={"Retry-After": words if isinstance(words, str) else words()}), said(claim()))
    began = time.monotonic()
    reader.spans(TEXT)
    assert 0.9 < time.monotonic() - began < 10


def test_a_server_that_asks_for_a_long_wait_ends_the_run_at_once(model, reader):
    model.says(fault(429, "slow down", {"Retry-After": "3600"}))
    with pytest.raises(ReaderError, match=r"asks to wait 3600 seconds .*slow down"):
        reader.spans(TEXT)
    assert len(model.calls) == 1


def test_tries_come_to_an_end(model, reader):
    model.says(fault(503, "busy"))
    with pytest.raises(ReaderError, match="answers 503 “busy”"):
        reader.spans(TEXT)
    assert len(model.calls) == QUICK.attempts


@pytest.mark.parametrize(
    ("answer", "match"),
    [
        (fault(401, f"Incorrect API key {KEY}"), "OPENAI_API_KEY"),
        (fault(404, "no model small-1"), "check the model"),
        (fault(429, "you exceeded your quota", code="insufficient_quota"), "used up"),
        ((302, b"", {"Location": "http://127.0.0.1:1/"}), "sends on to another address"),
        ((400, b"\xff\x00{", {}), "does not take the request"),
    ],
)
def test_a_fault_that_stays_is_one_line_without_tries(model, tmp_path, answer, match):
    model.says(answer)
    with pytest.raises(ReaderError, match=match) as caught:
        made(model, tmp_path, key=KEY).spans(TEXT)
    assert KEY not in str(caught.value)
    assert len(model.calls) <= 2


def test_silence_ends_at_the_time_limit(model, tmp_path):
    model.says(lambda _: (time.sleep(3), said())[1])
    began = time.monotonic()
    with pytest.raises(ReaderError, match=r"longer than 0\.3 seconds"):
        made(model, tmp_path, Limits(attempts=1, call_seconds=0.3)).spans(TEXT)
    assert time.monotonic() - began < 2


def test_a_slow_drip_ends_at_the_time_limit(model, tmp_path):
    model.drip = 0.1
    began = time.monotonic()
    with pytest.raises(ReaderError, match=r"longer than 0\.3 seconds"):
        made(model, tmp_path, Limits(attempts=2, first_wait=0.01, call_seconds=0.3)).spans(TEXT)
    assert time.monotonic() - began < 3


def test_all_requests_share_a_total_time(model, tmp_path):
    model.says(fault(503))
    with pytest.raises(ReaderError, match=r"the 0\.5 seconds .* are over"):
        made(model, tmp_path, Limits(attempts=100, first_wait=0.2, total_seconds=0.5)).spans(TEXT)
    assert len(model.calls) < 6


def test_nobody_at_the_address_is_told_at_once(model, tmp_path):
    model.close()
    with pytest.raises(ReaderError, match="nobody answers at 127"):
        made(model, tmp_path, Limits()).spans(TEXT)


def test_a_broken_off_answer_is_tried_again(model, reader):
    model.says((200, b'{"choices"', {"Content-Length": "500"}), said(claim()))
    assert len(reader.spans(TEXT).attributions) == 1


def test_no_more_requests_than_the_pace_allows():
    pace = Pace(3)
    assert [pace.turn(now) for now in (0.0, 1.0, 2.0, 3.0, 61.5, 61.5)] == [0, 0, 0, 57.0, 0, 0.5]


@pytest.mark.parametrize("status", [400, 422, 500])
def test_a_server_that_takes_no_schema_is_asked_in_words(model, reader, status):
    model.says(fault(status, "response_format must be text"), said(claim()))
    assert len(reader.spans(TEXT).attributions) == 1
    assert "response_format" not in model.calls[1][2]
    assert '"attributions"' in model.calls[1][2]["messages"][0]["content"]
    reader.spans(TEXT + " More.")
    assert "response_format" not in model.calls[2][2]


def test_a_server_that_takes_no_temperature_gets_none(model, reader):
    model.says(fault(400, "Unsupported value: 'temperature' does not support 0"), said(claim()))
    reader.spans(TEXT)
    assert "temperature" not in model.calls[1][2]
    assert "response_format" in model.calls[1][2]


@pytest.mark.parametrize("no", [fault(400, "This model's maximum context length is 512 tokens"), said(finish="length")])
def test_a_part_that_is_too_long_for_the_model_is_halved_and_that_is_remembered(model, reader, tmp_path, no):
    text = "\n".join(f"Line {n}: it is over, clerk {n} said." for n in range(30))
    model.says(no, said(claim("clerk 0", "said", "it is over", paragraph=1)), said())
    assert len(reader.spans(text).attributions) == 1
    assert len(model.calls) >= 3
    again = made(model, tmp_path)
    assert again.spans(text).attributions == reader.spans(text).attributions
    assert again.account().requests == 0


# the account and the cache


def test_tokens_and_cost_are_summed_from_what_the_server_counts(model, tmp_path):
    model.says(said(claim(), usage=(1000, 500)))
    reader = made(model, tmp_path, prices=Prices(prompt=2.0, completion=8.0))
    reader.spans(TEXT)
    account = reader.account()
    assert (account.prompt_tokens, account.completion_tokens, account.cost) == (1000, 500, pytest.approx(0.006))
    assert "1000 tokens in, 500 out; cost: 0.0060" in account.line()


@pytest.mark.parametrize("usage", [None, ("many", 3), (-5, 3), (True, 1), (10**12, 1)])
def test_answers_without_a_true_count_make_the_sum_a_least(model, reader, usage):
    model.says(said(claim(), usage=usage))
    reader.spans(TEXT)
    assert (reader.account().uncounted, reader.account().prompt_tokens, reader.account().cost) == (1, 0, None)
    assert "at least 0 tokens" in reader.account().line()


def test_the_same_words_are_asked_about_once(model, reader, tmp_path):
    model.says(said(claim()))
    first = reader.spans(TEXT)
    later = made(model, tmp_path)
    assert later.spans(TEXT).attributions == first.attributions
    assert (later.account().requests, later.account().cached) == (0, 1)
    RemoteReader("other", base_url=model.url, cache=tmp_path / "answers", limits=QUICK).spans(TEXT)
    assert len(model.calls) == 2


@pytest.mark.parametrize(
    "spoiled", [b"", b"{", b"[]", b'{"answer": 5}', b'{"answer": {"attributions": {}}}', b"\xff\xfe", b"[" * 100_000]
)
def test_a_spoiled_cache_file_is_asked_for_anew_and_mended(model, reader, tmp_path, spoiled):
    model.says(said(claim()))
    reader.spans(TEXT)
    (kept,) = (tmp_path / "answers").iterdir()
    kept.write_bytes(spoiled)
    assert len(made(model, tmp_path).spans(TEXT).attributions) == 1
    assert json.loads(kept.read_bytes())["model"] == "small-1"


def test_cached_words_are_held_against_the_article_again(model, reader, tmp_path):
    model.says(said(claim()))
    reader.spans(TEXT)
    (kept,) = (tmp_path / "answers").iterdir()
    kept.write_text(kept.read_text().replace("will leave in May", "will stay in May"))
    assert reasons(made(model, tmp_path).read(TEXT)) == ["content is not in the article"]


def test_no_useless_answer_is_cached_and_no_half_file_left(model, reader, tmp_path):
    model.says(completion("no"))
    with pytest.raises(AnswerError):
        reader.spans(TEXT)
    assert list((tmp_path / "answers").iterdir()) == []


def test_a_cache_folder_that_cannot_be_is_one_line(model, tmp_path):
    (tmp_path / "answers").write_text("a file")
    with pytest.raises(ReaderError, match="no cache folder"):
        made(model, tmp_path)


def test_a_cache_folder_that_takes_no_more_is_one_line_and_nothing_half_is_left(model, reader, tmp_path):
    reader.spans(TEXT)
    (kept,) = (tmp_path / "answers").iterdir()
    kept.unlink()
    kept.mkdir()
    with pytest.raises(ReaderError, match="takes no more"):
        made(model, tmp_path).spans(TEXT)
    assert list((tmp_path / "answers").iterdir()) == [kept]


def test_threads_may_share_a_reader(model, reader):
    model.says(said(claim()))
    texts = [f"{TEXT} Number {n}." for n in range(12)]
    threads = [threading.Thread(target=reader.spans, args=(text,)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (reader.account().answered, reader.account().prompt_tokens, reader.account().claims) == (12, 1200, 12)


# the key


def test_the_key_goes_into_its_header_and_nowhere_else(model, tmp_path, monkeypatch, caplog):
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    caplog.set_level(logging.DEBUG)
    model.says(fault(503, f"your key {KEY} is slow"), fault(400, f"bad key {KEY}"), said(claim()))
    reader = open_remote("openai:small-1", base_url=model.url, cache=tmp_path / "answers", limits=QUICK)
    reader.spans(TEXT)
    assert {headers["authorization"] for _, headers, _ in model.calls} == {f"Bearer {KEY}"}
    held = "".join(p.read_text() for p in (tmp_path / "answers").iterdir())
    assert KEY not in held + caplog.text + repr(reader) + reader.name + reader.account().line()


def test_the_server_s_words_are_shown_without_the_key_and_control_characters(model, tmp_path):
    model.says(fault(400, f"bad\x1b[2J\nthing {KEY}"))
    with pytest.raises(ReaderError, match="bad") as caught:
        made(model, tmp_path, key=KEY).spans(TEXT)
    assert str(caught.value).isprintable()
    assert KEY not in str(caught.value)


def test_without_a_key_none_is_sent(model, tmp_path, monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    open_remote("openai:small-1", base_url=model.url, cache=tmp_path / "answers", limits=QUICK).spans(TEXT)
    assert "authorization" not in model.calls[0][1]


@pytest.mark.parametrize(
    ("url", "key", "match"),
    [
        ("http://models.example/v1", KEY, "unencrypted"),
        ("https://user:pass@models.example/v1", None, "no name, password"),
        ("https://models.example/v1", "a\nb", "holds characters"),
        ("ftp://models.example", None, "no web address"),
        ("models.example", None, "no web address"),
        ("http://[", None, "--base-url looks like"),
    ],
)
def test_an_address_or_key_that_cannot_be_used_is_told_before_anything_is_sent(tmp_path, url, key, match):
    with pytest.raises(ReaderError, match=match) as caught:
        RemoteReader("small-1", base_url=url, cache=tmp_path, key=key)
    assert KEY not in str(caught.value)


@pytest.mark.parametrize("spec", ["openai:", "small-1", "openai:a b", "openai:\n", "claude:x"])
def test_a_reader_is_named_openai_and_its_model(tmp_path, spec):
    with pytest.raises(InputError, match="openai:MODEL"):
        open_remote(spec, cache=tmp_path)


def spender(model, tmp_path, **limits):
    return made(model, tmp_path, prices=Prices(2.0, 10.0), budget=Budget(**limits))


def test_a_limit_of_tokens_ends_the_run_before_the_next_request(model, tmp_path):
    reader = spender(model.says(said(usage=(100, 20))), tmp_path, tokens=200)
    reader.spans(f"{TEXT} One.")
    reader.spans(f"{TEXT} Two.")  # 120 of 200 were used
    with pytest.raises(SpentError, match="limit of 200 tokens is reached; run again with a higher --max-tokens"):
        reader.spans(f"{TEXT} Three.")
    assert (len(model.calls), reader.account().prompt_tokens) == (2, 200)


def test_a_limit_of_money_ends_the_run_and_what_was_answered_is_kept(model, tmp_path):
    reader = spender(model.says(said(claim(), usage=(100_000, 10_000))), tmp_path, cost=0.25)
    found = reader.spans(TEXT).attributions
    with pytest.raises(SpentError, match=r"limit of 0\.25 is reached"):
        reader.spans(f"{TEXT} Two.")
    assert reader.account().cost == pytest.approx(0.3)
    assert reader.spans(TEXT).attributions == found  # from the cache, which costs nothing
    assert len(model.calls) == 1


def test_answers_that_are_asked_for_again_count_against_the_limit(model, tmp_path):
    reader = spender(model.says(completion("no JSON", usage=(100, 20))), tmp_path, tokens=100)
    with pytest.raises(SpentError):
        reader.spans(TEXT)
    assert len(model.calls) == 1


def test_a_server_that_does_not_count_cannot_be_held_to_a_limit(model, tmp_path):
    reader = spender(model.says(said(usage=None)), tmp_path, tokens=1_000)
    reader.spans(TEXT)
    with pytest.raises(SpentError, match="does not count tokens"):
        reader.spans(f"{TEXT} Two.")


@pytest.mark.parametrize(
    ("spending", "match"),
    [
        (Spending(max_cost=1.0), "--max-cost needs the prices"),
        (Spending(price_in=1.0), "both prices"),
        (Spending(1.0, float("nan")), "sums of money"),
        (Spending(1.0, 1.0, max_cost=float("inf")), "sums of money"),
        (Spending(-1.0, 1.0), "sums of money"),
    ],
)
def test_limits_that_cannot_be_held_are_told_before_anything_is_sent(model, tmp_path, spending, match):
    with pytest.raises(InputError, match=match):
        open_reader(spec="openai:small-1", base_url=model.url, cache=tmp_path, spending=spending)
    assert model.calls == []


def test_a_run_that_ends_at_its_limit_groups_what_it_read_and_tells_what_it_spent(model, tmp_path):
    model.says(said(claim(), usage=(100, 20)))
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(f"{TEXT}\n\nThis is report {number} on Dario Fenn.", encoding="utf-8")
    words = ["read", *map(str, sorted(tmp_path.glob("*.txt"))), "--db", str(tmp_path / "x.db"), "--threads", "1"]
    words += ["--reader", "openai:small-1", "--base-url", model.url, "--max-tokens", "200"]
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "PYTHONUTF8": "1"}
    run = subprocess.run(
        [sys.executable, "-m", "sayso", *words], capture_output=True, text=True, check=False, env=environment
    )
    assert run.returncode == 5
    assert "200 tokens in, 40 out" in run.stderr
    assert "the limit of 200 tokens is reached" in run.stderr
    with open_ledger(tmp_path / "x.db") as ledger:
        assert len(ledger.articles()) == 2
        assert ledger.stories.unplaced(most=10) == []
