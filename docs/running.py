"""Runs the blocks of docs/tutorial.md in order, on a copy of examples/, and writes under each what it prints; `--check` only compares."""

from __future__ import annotations

import argparse
import io
import shutil
import sys
import tempfile
from contextlib import chdir, redirect_stdout
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "tutorial.md"


def rerun(page: str) -> str:
    """The page with what its blocks print now."""
    made: list[str] = []
    names: dict[str, Any] = {}
    lines = page.split("\n")
    inside, at = False, 0
    while at < len(lines):
        line, at = lines[at], at + 1
        if line.startswith("```"):
            inside = not inside
        elif inside and line.startswith(">>> "):
            made.append(line)
            block = [line[4:]]
            while lines[at].startswith("... "):
                made.append(lines[at])
                block.append(lines[at][4:])
                at += 1
            made += _printed("\n".join(block) + "\n", names)
            continue
        elif inside:
            continue  # what was printed before
        made.append(line)
    return "\n".join(made)


def _printed(block: str, names: dict[str, Any]) -> list[str]:
    told = io.StringIO()
    with redirect_stdout(told):
        exec(compile(block, PAGE.name, "single"), names)
    return told.getvalue().rstrip("\n").split("\n") if told.getvalue() else []


def rerun_apart(page: str) -> str:
    """The same, in a folder of its own with the examples in it."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "examples", Path(folder) / "examples")
        with chdir(folder):
            return rerun(page)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    page = PAGE.read_text(encoding="utf-8")
    made = rerun_apart(page)
    if made == page:
        return 0
    if parser.parse_args().check:
        print("docs/tutorial.md is out of date, run make docs")
        return 1
    PAGE.write_text(made, encoding="utf-8")
    print("written: tutorial.md")
    return 0


if __name__ == "__main__":
    sys.exit(main())
