"""Exports that lose nothing: one module a format, one registry."""

from incidents.export.registry import EXPORTERS, UnknownFormatError, write_export, write_package

__all__ = ["EXPORTERS", "UnknownFormatError", "write_export", "write_package"]
