"""The command reference that README prints, read off the commands themselves."""

from __future__ import annotations

from collections.abc import Iterator

import click

from incidents.cli.main import group
from incidents.cli.registry import COMMANDS

_WIDTH = 100


def help_text(command: click.Command, name: str) -> str:
    """Return what ``NAME --help`` prints, 100 columns wide."""
    with click.Context(command, info_name=name, terminal_width=_WIDTH, max_content_width=_WIDTH) as context:
        return command.get_help(context).rstrip()


def reference() -> str:
    """Return the help of every command and subcommand as Markdown."""
    parts = [f"```\n{help_text(group, 'incidents')}\n```"]
    for name, text in _commands():
        parts.append(f"<details><summary><code>{name}</code></summary>\n\n```\n{text}\n```\n\n</details>")
    return "\n" + "\n\n".join(parts) + "\n"


def _commands() -> Iterator[tuple[str, str]]:
    with click.Context(group, info_name="incidents") as context:
        for name in sorted(COMMANDS):
            command = group.get_command(context, name)
            assert command is not None
            yield f"incidents {name}", help_text(command, f"incidents {name}")
            if isinstance(command, click.Group):
                for child in sorted(command.commands):
                    title = f"incidents {name} {child}"
                    yield title, help_text(command.commands[child], title)
