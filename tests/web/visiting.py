"""A visitor of the pages as the tests need one: on a ledger of a story written for them, with the token of its forms."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from sayso import pipeline
from sayso.ledger import open_ledger
from sayso.reading.reader import Reader
from sayso.web import create

HERE = "http://localhost"
QUESTION = "Marta Quill leaves Calder Rovers"
REPORTS = {
    "a.txt": (
        "Harbour Post",
        "2025-03-03",
        "Quill set to leave Calder Rovers",
        "Marta Quill will leave Calder Rovers at the end of the season, a source close to the board told the Harbour Post. "
        "The coach has a contract with Calder Rovers until 2027. Calder Rovers declined to comment on Marta Quill.",
    ),
    "b.txt": (
        "Goalmouth",
        "2025-03-04",
        "Quill stays, says president",
        "Marta Quill will stay at Calder Rovers, president Ivo Brandt said on Tuesday. “Marta Quill is our coach,” Brandt told reporters. "
        "The Harbour Post reported on Monday that Marta Quill will leave Calder Rovers at the end of the season.",
    ),
    "c.txt": (
        "Norda",
        "2025-03-20",
        "Marta Quill leaves Calder Rovers",
        "Marta Quill has left Calder Rovers, the club announced on Thursday. Marta Quill led Calder Rovers to the cup.",
    ),
    "d.txt": (
        "Norda",
        "2025-03-21",
        "Ferry line sold",
        "The Ostvik ferry line has been sold to Brannick Shipping, the ministry said. Brannick Shipping paid 40 million crowns for the ferries.",
    ),
}


def make_desk(folder: Path, reader: Reader) -> Path:
    """A ledger with the reports above, a question followed on them, and where it lies."""
    rows = ["file,outlet,date,title"]
    for name, (outlet, day, title, text) in REPORTS.items():
        (folder / name).write_text(f"{title}\n\n{text}\n")
        rows.append(f'{name},{outlet},{day},"{title}"')
    (folder / "about.csv").write_text("\n".join(rows))
    with open_ledger(folder / "sayso.db") as ledger:
        files = [folder / name for name in REPORTS]
        pipeline.read(files, ledger=ledger, reader=reader, metadata=folder / "about.csv")
        days = pipeline.window("2025-01-01..2025-08-31")
        pipeline.follow(ledger, QUESTION, window=days)
    return folder / "sayso.db"


class Visitor:
    """Opens pages and sends their forms as a browser on the same machine does."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.token = ""

    def get(self, path: str, **more: Any) -> Any:
        """A page."""
        return self.client.get(path, **more)

    def json(self, path: str) -> Any:
        """A page's JSON."""
        return self.client.get(path).json()

    def post(self, path: str, *, files: Any = None, **fields: object) -> Any:
        """Send a form with its token; the answer as it comes, not followed."""
        if not self.token:
            self.token = re.findall(r'name="csrf" value="(\w+)"', self.get("/add").text)[0]
        sent = {"csrf": self.token} | fields
        return self.client.post(path, data=sent, files=files, headers={"origin": HERE}, follow_redirects=False)

    def add(self, *, files: Any = None, **fields: object) -> Any:
        """Add something, and the account when it is read."""
        answer = self.post("/add", files=files, **fields)
        assert answer.status_code == 303, answer.text
        for _ in range(600):
            job = self.json(answer.headers["location"] + ".json")
            if job["state"] in ("done", "failed"):
                return job
            time.sleep(0.05)
        raise AssertionError("not read in time")


@contextmanager
def visiting(db: Path, reader: Reader, *, token: str | None = None) -> Iterator[Visitor]:
    """A visitor of the pages over a ledger."""
    with TestClient(create(db, token=token, reader=lambda: reader), base_url=HERE) as client:
        yield Visitor(client)


def alert(answer: Any) -> str:
    """The one line that says why something was not done."""
    found = re.findall(r'role="alert">(.*?)</p>', answer.text)
    assert len(found) == 1, answer.text
    return str(found[0])
