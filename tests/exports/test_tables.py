from __future__ import annotations

import csv
import io
import json
import sys
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import InputError
from sayso.exports import (
    SHAPES,
    article_json,
    claim_json,
    csv_table,
    json_text,
    jsonl,
    parquet,
    question_json,
    source_json,
    stance_json,
)

AT = "2031-03-15T08:00:00+00:00"


@pytest.fixture(scope="session")
def rows(saga) -> dict[str, list[dict]]:
    return {
        "articles": [article_json(one) for one in saga.articles.values()],
        "claims": [claim_json(one, recorded=AT) for one in saga.claims.values()],
        "questions": [question_json(saga.question, saga.outcome, saga.curve)],
        "stances": [stance_json(one) for one in saga.stances],
        "sources": [source_json(one) for one in saga.scores.records],
    }


def read_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))


def ordinary(value: object) -> object:
    """What Parquet gives, as JSON has it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: ordinary(inner) for key, inner in value.items()}
    return [ordinary(one) for one in value] if isinstance(value, list) else value


# --- JSON lines ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", SHAPES)
def test_json_lines_hold_every_row_in_order(rows, what: str) -> None:
    lines = jsonl(rows[what]).split("\n")
    read = [json.loads(line) for line in lines[:-1]]
    assert sorted(map(str, read)) == sorted(map(str, rows[what]))
    keys = [(one["question"], one["claim"]) if what == "stances" else one.get("id", one.get("name")) for one in read]
    assert keys == sorted(keys)


def test_half_a_surrogate_pair_can_be_written(saga) -> None:
    told = json_text({"text": "a\ud800b"})
    assert json.loads(told.encode("utf-8"))["text"] == "a\ud800b"


def test_what_is_no_number_is_never_written() -> None:
    with pytest.raises(ValueError, match="JSON"):
        json_text({"p": float("nan")})


# --- CSV ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", SHAPES)
def test_csv_has_a_row_for_each_record(rows, what: str) -> None:
    read = read_csv(csv_table(rows[what], what))
    assert len(read) == len(rows[what])
    assert all(None not in row and None not in row.values() for row in read)


def test_csv_tells_a_claim_in_words(rows) -> None:
    read = {row["id"]: row for row in read_csv(csv_table(rows["claims"], "claims"))}
    assert read["c1ada"]["evidence"] == "“Venturi will leave,” … “and soon.”"
    assert (read["c1ada"]["chain"], read["c1ada"]["source_name"]) == ("Ada Crane > Harbour Post", "Ada Crane")
    assert (read["c2anon"]["certainty"], read["c5odd"]["certainty"], read["c1ada"]["said_start"]) == (
        "-2",
        "",
        "2031-03-09",
    )


def test_csv_keeps_lines_quotes_and_odd_signs_of_a_text(rows) -> None:
    read = read_csv(csv_table(rows["articles"], "articles", spreadsheet=False))
    assert {row["text"] for row in read} == {row["text"] for row in rows["articles"]}


def test_a_spreadsheet_gets_no_formula(rows) -> None:
    told = csv_table(rows["claims"], "claims")
    read = {row["id"]: row for row in read_csv(told)}
    assert told.startswith("\ufeff")
    assert (read["c5odd"]["evidence"], read["c5odd"]["source_name"]) == ("'=HYPERLINK is a word here", "'@Kick")
    assert (read["c5odd"]["origin"], read["c5odd"]["chain"]) == ("'@Kick", "'@Kick > Goal & mouth")


def test_a_program_gets_the_words_as_they_are(rows) -> None:
    told = csv_table(rows["claims"], "claims", spreadsheet=False)
    assert told.startswith("id,")
    assert next(row["evidence"] for row in read_csv(told) if row["id"] == "c5odd") == "=HYPERLINK is a word here"


@pytest.mark.parametrize(
    "words", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "\r=1", "\n=1", "＝1", "＠x", "\x00=1", "-2+3|cmd"]
)
def test_every_way_into_a_formula_is_shut(words: str) -> None:
    row = {"question": "q", "claim": "c", "origin": words}
    assert read_csv(csv_table([row], "stances"))[0]["origin"] == f"'{words}"


@given(st.text())
def test_no_words_leave_as_a_formula_or_break_the_table(words: str) -> None:
    told = read_csv(csv_table([{"question": "q", "claim": "c", "origin": words}], "stances"))
    assert len(told) == 1
    assert told[0]["origin"].lstrip()[:1] not in tuple("=+-@")


def test_a_table_without_rows_has_its_header() -> None:
    assert csv_table([], "stances", spreadsheet=False) == "question,claim,stance,strength,origin,on,outlet,reason\r\n"


# --- Parquet ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", SHAPES)
def test_parquet_gives_back_what_was_promised(rows, what: str) -> None:
    arrow_files = pytest.importorskip("pyarrow.parquet", reason="the extra sayso[parquet] is not installed")
    read = arrow_files.read_table(io.BytesIO(parquet(rows[what], what))).to_pylist()
    by_name = sorted(rows[what], key=lambda row: [str(row[k]) for k in ("id", "question", "claim", "name") if k in row])
    assert [ordinary(row) for row in read] == by_name


def test_parquet_has_days_and_moments_for_its_readers(rows) -> None:
    arrow_files = pytest.importorskip("pyarrow.parquet", reason="the extra sayso[parquet] is not installed")
    schema = arrow_files.read_schema(io.BytesIO(parquet(rows["claims"], "claims")))
    assert str(schema.field("said").type) == "struct<start: date32[day], end: date32[day]>"
    assert str(schema.field("recorded").type) == "timestamp[us, tz=UTC]"


def test_parquet_without_rows_has_its_columns() -> None:
    arrow_files = pytest.importorskip("pyarrow.parquet", reason="the extra sayso[parquet] is not installed")
    read = arrow_files.read_table(io.BytesIO(parquet([], "sources")))
    assert (read.num_rows, read.column_names) == (0, list(SHAPES["sources"]))


def test_without_pyarrow_one_line_says_what_to_install(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(InputError, match=r"pip install 'sayso\[parquet\]'"):
        parquet([], "claims")
