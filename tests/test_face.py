"""The public face: what importing costs, what is promised by name."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import sayso

ROOT = Path(__file__).parent.parent


def test_importing_sayso_loads_nothing_heavy() -> None:
    code = "import sayso, sys; print([m for m in ('onnxruntime', 'torch', 'trafilatura', 'sqlalchemy', 'numpy') if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_public_names_are_what_they_say() -> None:
    assert [name for name in sayso.__all__ if not hasattr(sayso, name)] == []


def test_generated_pages_are_up_to_date() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "docs.build", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stdout) == (0, "")


def test_the_model_folder_is_whole_and_light() -> None:
    folder = ROOT / "src/sayso/model"
    assert {"model.onnx", "tokenizer.json", "labels.json", "card.md"} <= {p.name for p in folder.iterdir()}
    assert sum(p.stat().st_size for p in folder.iterdir()) < 30_000_000
