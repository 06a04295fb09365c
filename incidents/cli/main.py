"""The command group: lazy commands, our errors as one line on stderr."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from geodata.errors import GeodataError
from incidents import __version__
from incidents.cli.registry import COMMANDS
from incidents.cli.session import Session
from incidents.errors import IncidentsError
from maps.errors import MapsError


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is used, not before."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in self.list_commands(ctx)])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            import difflib

            close = difflib.get_close_matches(name, COMMANDS, n=1)
            hint = f" Did you mean {close[0]!r}?" if close else " See incidents --help."
            raise click.UsageError(f"No such command {name!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (IncidentsError, GeodataError, MapsError) as error:
            raise click.ClickException(str(error)) from error
        except UnicodeEncodeError as error:
            wrong = error.object[error.start : error.end]
            raise click.ClickException(f"{wrong!r} cannot be written as {error.encoding}. Give UTF-8 text.") from error
        except BrokenPipeError:
            _silence_stdout()
            ctx.exit(1)
        except OSError as error:
            if error.filename is None:
                _silence_stdout()
            where = error.filename or "the output"
            raise click.ClickException(f"Cannot read or write {where}: {error.strerror or error}.") from error


def _silence_stdout() -> None:
    """Keep what is left in the buffer from failing once more at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def print_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    """Print the versions of code, data set and boundaries."""
    if not wanted or ctx.resilient_parsing:
        return
    from geodata.manifest import boundary_version
    from incidents.version import DATASET_VERSION

    click.echo(f"incidents {__version__} (data set {DATASET_VERSION}, boundaries {boundary_version()})")
    ctx.exit()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "INCIDENTS"})
@click.option("--db", metavar="PATH|URL", show_envvar=True, help="Store to use. [default: in your data folder]")
@click.option("--quiet", "-q", is_flag=True, help="No progress on stderr.")
@click.option("--no-color", is_flag=True, help="Plain text; NO_COLOR works too.")
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=print_version, help="Versions.")
@click.pass_context
def group(ctx: click.Context, db: str | None, quiet: bool, no_color: bool) -> None:
    """Log, check and brief airspace incursions over NATO members.

    \b
    Example:
      incidents brief --out briefing
      incidents report PL
    """
    ctx.obj = Session(db=db, quiet=quiet, no_color=no_color)


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line."""
    group.main(args=list(args) if args is not None else None, prog_name="incidents")
