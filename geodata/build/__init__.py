"""Recipes that turn pinned packages into ``geodata/data``: ``python -m geodata.build [--check]``."""
