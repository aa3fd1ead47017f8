"""Answers: belief in a yes/no question from the snippets found for it, against the answer. Argus, as CSV."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from gate.errors import Fault
from gate.stance import Judge

COLUMNS = {"htext", "label", "mtext"}
#: how far the surest snippet may go: it lifts even odds to (1 + TRUST) / 2
TRUST = 0.8


def measure(path: Path, judge: Judge) -> tuple[dict[str, Any], list[Fault]]:
    """Questions whose belief above one half agrees with the answer (percent), and the Brier score of the beliefs."""
    questions = read_answers(path)
    right, brier, faults = 0, 0.0, list[Fault]()
    for question, (answer, snippets) in questions.items():
        judged = [judge(question, snippet) for snippet in snippets]
        p = belief(judged)
        right += (p > 0.5) == answer
        brier += (p - answer) ** 2
        if (p > 0.5) != answer:
            at = max(range(len(judged)), key=lambda i: abs(judged[i]["for"] - judged[i]["against"]))
            faults.append(
                Fault(
                    question, f"{'yes' if answer else 'no'}, belief {p:.2f}", f"{len(snippets)} snippets", snippets[at]
                )
            )
    of = len(questions)
    nos = sum(not answer for answer, _ in questions.values())
    return {
        "questions": of,
        "snippets": sum(len(snippets) for _, snippets in questions.values()),
        "accuracy": round(100 * right / of, 2),
        "brier": round(brier / of, 4),
        "always_no": round(100 * nos / of, 2),
    }, faults


def belief(judgements: Iterable[Mapping[str, float]], *, prior: float = 0.5, trust: float = TRUST) -> float:
    """The probability of yes from several judgements: the prior's log-odds plus those of each judgement.

    A judgement leans by its score for less its score against, s in −1 … 1, and adds ln((1 + trust·s) / (1 − trust·s)): nothing where it
    observes, says nothing or is torn, the same for and against, and never more than `trust` allows. More agreeing snippets move the
    belief further, in any order.
    """
    odds = math.log(prior / (1 - prior))
    for scores in judgements:
        lean = trust * (scores["for"] - scores["against"])
        odds += math.log((1 + lean) / (1 - lean))
    return 1 / (1 + math.exp(-odds)) if odds > -700 else 0.0


def read_answers(path: Path) -> dict[str, tuple[bool, list[str]]]:
    """Each question with its answer and its snippets, a snippet that stands twice only once. Raises ValueError for other columns."""
    questions: dict[str, tuple[bool, list[str]]] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        if not set(rows.fieldnames or ()) >= COLUMNS:
            raise ValueError(f"{path}: columns are {rows.fieldnames}, expected {sorted(COLUMNS)}")
        for row in rows:
            _, snippets = questions.setdefault(printed(row["htext"]), (row["label"] == "1", []))
            if (snippet := printed(row["mtext"])) not in snippets:
                snippets.append(snippet)
    if not questions:
        raise ValueError(f"{path}: no questions")
    return questions


def printed(text: str) -> str:
    """Tokenised text as a newspaper prints it: no blank before closing punctuation nor after an opening bracket."""
    text = re.sub(r"\s+([?!,.;:)%])", r"\1", text)
    return re.sub(r"\(\s+", "(", text).strip()
