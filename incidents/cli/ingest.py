"""``incidents ingest``: news text to candidates."""

from __future__ import annotations

import click

from incidents.cli.options import DAY, format_option
from incidents.cli.session import Session


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--published", type=DAY, metavar="DATE", help="Publication day; relative dates count from it.")
@click.option("--dry-run", is_flag=True, help="Store nothing.")
@format_option(["text", "json"], default="text")
@click.pass_obj
def ingest(session: Session, sources: tuple[str, ...], published: object, dry_run: bool, fmt: str) -> None:
    """Turn news text into candidates for review.

    \b
    Example:
      incidents ingest article.txt --published 2025-09-25 --dry-run --format json
    """
    import json
    from pathlib import Path

    from incidents.extract.protocol import get_extractor
    from incidents.sources.documents.document import check_text
    from incidents.sources.documents.text import read_text

    found = []
    extractor = get_extractor()
    for source in sources:
        document = read_text(Path(source)).dated(published)  # type: ignore[arg-type]
        check_text(source, document.text)
        assert document.published is not None
        found += [c.to_json_dict() for c in extractor.extract(document.text, published=document.published)]
    click.echo(json.dumps({"candidates": found}, ensure_ascii=False, indent=1))
