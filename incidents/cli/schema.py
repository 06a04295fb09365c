"""``incidents schema``."""

from __future__ import annotations

import json

import click


@click.command()
def schema() -> None:
    """Print the JSON Schema of the incident record.

    \b
    Example:
      incidents schema | python -m json.tool
    """
    from incidents.model import Incident

    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Incident.model_json_schema(mode="serialization"),
    }
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))
