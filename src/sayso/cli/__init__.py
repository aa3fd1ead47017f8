"""Commands → one library call each. The only room that prints or exits."""

from __future__ import annotations

import os
import sys

from sayso.cli.found import prepared, whole
from sayso.cli.plain import plain_console
from sayso.errors import SaysoError

__all__ = ["main", "whole"]


def main() -> None:
    """The command `sayso`: our errors become one line and an exit status here, and nowhere else."""
    try:
        prepared(next((word for word in sys.argv[1:] if not word.startswith("-")), None))()
    except SaysoError as error:
        plain_console(stderr=True, highlight=False, soft_wrap=True).print(f"sayso: {error}", markup=False, style="red")
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # `| head` closed the pipe: no traceback at exit
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)
