"""The airspace incident tracker: records, claims and whose airspace it was."""

__version__ = "0.1.0"
