"""`sayso serve` as a process: starts, answers, ends; what it says where it cannot."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

RUN = [sys.executable, "-m", "sayso", "serve", "--no-browser"]


@contextmanager
def serving(*options: str, cwd: Path) -> Iterator[str]:
    """The address that it prints."""
    server = subprocess.Popen([*RUN, "--port", "0", *options], cwd=cwd, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        found = re.search(r"http://\S+", server.stdout.readline())
        assert found
        yield found[0]
    finally:
        server.terminate()
        server.communicate(timeout=30)


def test_the_printed_address_answers(tmp_path: Path) -> None:
    with serving(cwd=tmp_path) as address:
        assert "There are no reports in this ledger yet." in httpx2.get(address).text


def test_with_a_token_the_printed_address_lets_in_and_the_plain_one_does_not(tmp_path: Path) -> None:
    with (
        serving("--token", "a long enough one", cwd=tmp_path) as address,
        httpx2.Client(follow_redirects=True) as client,
    ):
        assert client.get(address.split("?")[0]).status_code == 401
        assert client.get(address).status_code == 200
        assert client.get(address.split("?")[0]).status_code == 200


def test_other_addresses_than_this_machines_get_a_token(tmp_path: Path) -> None:
    with serving("--host", "0.0.0.0", cwd=tmp_path) as address:
        assert re.search(r"\?token=[\w-]{20,}$", address)


def test_a_port_that_is_taken_is_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        run = subprocess.run(
            [*RUN, "--port", str(taken.getsockname()[1])], cwd=tmp_path, capture_output=True, text=True, check=False
        )
    assert (run.returncode, run.stderr.count("\n")) == (2, 1)
    assert "--port 0 takes a free one" in run.stderr


def test_without_the_extra_it_is_one_line(tmp_path: Path) -> None:
    code = "import sys; sys.modules['starlette'] = None; from sayso.cli import main; main()"
    run = subprocess.run(
        [sys.executable, "-c", code, "serve"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stderr.count("\n")) == (2, 1)
    assert "pip install 'sayso[web]'" in run.stderr


@pytest.mark.parametrize("name", ["onnxruntime", "trafilatura"])
def test_the_model_is_not_loaded_until_something_is_added(name: str) -> None:
    code = f"import sys; from pathlib import Path; from sayso.web import create; create(Path('x.db')); print({name!r} in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
