"""README tells the truth: its reference is what the commands print, its files exist."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from incidents.cli.registry import COMMANDS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_command_reference_is_current() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "cogapp", "--check", "README.md"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, "Run: python -m cogapp -r README.md\n" + run.stdout + run.stderr


def test_every_command_is_in_the_reference() -> None:
    assert set(COMMANDS) <= set(re.findall(r"<code>incidents (\S+)</code>", README))


def test_linked_files_exist() -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in link]
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
