"""Versions that every output names."""

from __future__ import annotations

DATASET_VERSION = "2026.11.28"
"""Version of the bundled records: the day they were last changed."""

DATASET_LICENCE = "CC-BY-4.0"
