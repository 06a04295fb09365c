"""Reports: figures computed as dataclasses, rendered by functions of their own. One registry of formats."""
