import json

import pytest

from gate import times

TIMEML = """<?xml version="1.0" ?>
<TimeML>
<DCT><TIMEX3 tid="t0" type="DATE" value="2025-04-27" functionInDocument="CREATION_TIME">27 April 2025</TIMEX3></DCT>
<TEXT>
Fenn &amp; Sons <EVENT eid="e1">met</EVENT> <TIMEX3 tid="t1" type="DATE" value="2025-04-26">yesterday</TIMEX3>.

They stay for <TIMEX3 tid="t2" type="DURATION" value="P2W">about two weeks</TIMEX3>, until
<TIMEX3 tid="t3" type="DATE" value="2025-05-01">spring</TIMEX3>.
They left on <TIMEX3 tid="t4" type="DATE" value="2025-04-18">Friday</TIMEX3> and
<TIMEX3 tid="t5" type="DATE" value="PAST_REF">then</TIMEX3> came 2019.
</TEXT>
</TimeML>
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "one.tml").write_text(TIMEML, encoding="utf-8")
    return tmp_path


def test_timeml_is_read_without_its_tags_and_without_the_creation_time(folder):
    item = times.read_timeml(folder / "one.tml")
    assert [item.text[one.start : one.end] for one in item.marked] == [
        "yesterday",
        "about two weeks",
        "spring",
        "Friday",
        "then",
    ]
    assert "Fenn & Sons met yesterday" in item.text


def test_spans_and_values_are_scored_over_all_found_and_all_marked(folder):
    figures, faults = times.measure(folder, None)
    assert (figures["marked"], figures["found"]) == (5, 5)
    assert figures["relaxed"] == {"precision": 80.0, "recall": 80.0, "f1": 80.0}
    assert figures["value"]["f1"] == 40.0
    assert sorted(fault.sort for fault in faults) == ["extra", "missed DATE", "value DATE", "value DATE"]


def test_a_fault_shows_the_words_both_values_and_the_sentence(folder):
    fault = next(one for one in times.measure(folder, None)[1] if "Friday" in one.words)
    assert fault.words == "Friday = 2025-04-18, read 2025-04-25 (said 2025-04-27)"
    assert "They left on [Friday] and then came 2019" in fault.text


def test_meantime_counts_only_the_lines_that_were_marked(tmp_path):
    lines = ["Fenn leaves", "27 April 2025", "He left yesterday.", "Two.", "Three.", "Four.", "He left on Friday."]
    text, spans, at = "\n".join(lines), [], 0
    for line in lines:
        spans.append([at, at + len(line)])
        at += len(line) + 1
    start = text.index("yesterday")
    timex = [
        {"spans": [spans[1]], "type": "DATE", "value": "2025-04-27", "function": "CREATION_TIME"},
        {"spans": [[start, start + 9]], "type": "DATE", "value": "2025-04-26"},
        {"spans": [], "type": "DATE", "value": "2025"},
    ]
    row = {"id": "a", "text": text, "date": "2025-04-27", "sentences": spans, "timex": timex}
    (tmp_path / "articles.jsonl").write_text(json.dumps(row), encoding="utf-8")
    figures, faults = times.measure(tmp_path, None)
    assert (figures["marked"], figures["found"], figures["value"]["f1"], faults) == (1, 1, 100.0, [])


def test_nothing_to_score_says_so(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"neither \.tml files nor articles\.jsonl"):
        times.measure(tmp_path, None)
