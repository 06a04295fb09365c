"""Who changes something and why: two options that every changing command has."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def signed(command: F) -> F:
    """Add ``--author`` and ``--reason``; what is missing is asked for on a terminal and a usage error elsewhere."""

    @functools.wraps(command)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        kwargs["author"] = _given(kwargs["author"], "author", "Your name, kept with the change")
        kwargs["reason"] = _given(kwargs["reason"], "reason", "Reason for the change")
        return command(*args, **kwargs)

    decorated: Any = wrapper
    for option in (
        click.option("--reason", help="Why; kept with the change. Asked for where missing."),
        click.option("--author", envvar="INCIDENTS_AUTHOR", show_envvar=True, help="Who makes the change."),
    ):
        decorated = option(decorated)
    return decorated  # type: ignore[no-any-return]


def _given(value: str | None, name: str, question: str) -> str:
    if value and value.strip():
        return value.strip()
    if not sys.stdin.isatty():
        hint = " or set INCIDENTS_AUTHOR" if name == "author" else ""
        raise click.UsageError(
            f"Every change needs {'an author' if name == 'author' else 'a reason'}: give --{name}{hint}."
        )
    while True:
        answer = str(click.prompt(question, err=True)).strip()
        if answer:
            return answer
