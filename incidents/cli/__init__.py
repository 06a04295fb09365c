"""The ``incidents`` command: one module a command, each imported only when it runs."""

from incidents.cli.main import main

__all__ = ["main"]
