"""`python -m tests.fuzz --minutes N [TARGET …]`: each target for N minutes in a process of its own, its last input kept.

A fault is an error that escapes, an input that takes over 10 seconds of processor time or 60 by the clock (a machine may be
busy with other things), or more than 1 GiB of memory. The exit status is 1 where
there was one; the input lies in build/fuzz/TARGET.input.
"""

from __future__ import annotations

import argparse
import faulthandler
import resource
import subprocess
import sys
import time
from pathlib import Path

from hypothesis import HealthCheck, given, seed, settings

from tests.fuzz.targets import TARGETS

KEPT = Path("build/fuzz")
LONGEST = 10.0
STUCK = 60.0
MOST_MEMORY = 1 << 30


def main() -> int:
    """Fuzz the targets one after the other; 1 where one failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("targets", nargs="*", choices=[[], *TARGETS])
    parser.add_argument("--minutes", type=float, default=1.0, help="for each target")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    KEPT.mkdir(parents=True, exist_ok=True)
    if options.inside:
        return fuzz(options.targets[0], options.minutes * 60)
    names = options.targets or list(TARGETS)
    again = [sys.executable, "-m", "tests.fuzz", "--inside", "--minutes", str(options.minutes)]
    failed = [name for name in names if subprocess.run([*again, name], check=False).returncode != 0]
    return int(bool(failed))


def fuzz(name: str, seconds: float) -> int:
    """New inputs until the time is over or one fails; 1 where one did."""
    target, last = TARGETS[name], KEPT / f"{name}.input"
    # Hard stops around the soft ones below: the process dies rather than the machine.
    resource.setrlimit(resource.RLIMIT_AS, (4 * MOST_MEMORY, 4 * MOST_MEMORY))
    began, tried, slowest = time.monotonic(), 0, 0.0
    while time.monotonic() - began < seconds:

        @seed(tried)
        @settings(max_examples=100, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(target.documents())
        def try_some(data: bytes) -> None:
            nonlocal tried, slowest
            last.write_bytes(data)
            tried += 1
            faulthandler.dump_traceback_later(STUCK, exit=True)
            start = time.process_time()
            target.read(data)
            took = time.process_time() - start
            slowest = max(slowest, took)
            faulthandler.cancel_dump_traceback_later()
            assert took < LONGEST, f"took {took:.1f} s"
            assert _memory() < MOST_MEMORY, f"took {_memory() >> 20} MiB"

        try:
            try_some()
        except BaseException as error:
            print(f"{name:9} FAULT after {tried} inputs: {type(error).__name__}: {error} (input in {last})", flush=True)  # noqa: T201
            return 1
    last.unlink(missing_ok=True)
    print(f"{name:9} {tried:6} inputs, slowest {slowest:.2f} s, most memory {_memory() >> 20} MiB", flush=True)  # noqa: T201
    return 0


def _memory() -> int:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


if __name__ == "__main__":
    sys.exit(main())
