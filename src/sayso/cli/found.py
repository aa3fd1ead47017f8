"""Which module has which command, read off the modules' own text: `sayso --help` loads none of them, and a command only its own."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.resources import files
from typing import Any

import typer

from sayso.cli.app import app


@dataclass(frozen=True, slots=True)
class Command:
    """A command, the module that has it, and what its help says."""

    name: str
    module: str
    help: str | None


def commands() -> list[Command]:
    """Every command of the program."""
    found = []
    for file in sorted(files("sayso.cli").iterdir(), key=lambda f: f.name):
        if file.name.endswith(".py"):
            module = f"sayso.cli.{file.name.removesuffix('.py')}"
            found += [Command(name, module, told) for name, told in _commands(file.read_text(encoding="utf-8"))]
    return found


def _commands(source: str) -> Iterator[tuple[str, str | None]]:
    """Name and docstring of each function under `@app.command()`."""
    for node in ast.parse(source).body:
        for mark in node.decorator_list if isinstance(node, ast.FunctionDef) else ():
            if (
                isinstance(node, ast.FunctionDef)
                and isinstance(mark, ast.Call)
                and ast.unparse(mark.func) == "app.command"
            ):
                given: list[Any] = [k.value for k in mark.keywords if k.arg == "name"] + list(mark.args)
                name = ast.literal_eval(given[0]) if given else node.name.replace("_", "-")
                yield name, ast.get_docstring(node)


def prepared(wanted: str | None) -> typer.Typer:
    """The program with one command ready to run, and of the others what its help and its advice need."""
    known = commands()
    module = next((one.module for one in known if one.name == wanted), None)
    if module is not None:
        import_module(module)
    for one in known:
        if one.module != module:
            app.command(one.name, help=one.help)(_elsewhere)
    return app


def whole() -> typer.Typer:
    """The program with every command."""
    for module in {one.module: None for one in commands()}:
        import_module(module)
    return app


def _elsewhere() -> None:
    """Stands in the help for a command that is not loaded."""
