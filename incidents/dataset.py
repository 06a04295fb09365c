"""The bundled data set: one YAML file per country, read with libyaml, validated whole."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from incidents.errors import IncidentsError
from incidents.model import Incident


class DatasetError(IncidentsError, ValueError):
    """A data file breaks a rule; the message names file, incident, field, value and rule."""


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML without booleans and dates: ``on``, ``no``, ``NO`` and ``2025-09-10`` stay the words they are.

    A key given twice is an error: the first value must not vanish.
    """

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    problem = f"the key {key.value!r} is there twice"
                    raise yaml.constructor.ConstructorError(None, None, problem, key.start_mark)
                seen.add(key.value)
        return super().construct_mapping(node, deep=deep)  # type: ignore[no-any-return]


_Loader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag not in ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp")
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def parse_yaml(text: str, *, name: str) -> Any:
    """Return the plain data of a YAML document in which words stay words.

    Raises
    ------
    DatasetError
        If it is not YAML; names file, line and column.
    """
    try:
        return yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise DatasetError(f"{name}{where}: not valid YAML: {getattr(error, 'problem', error)}.") from error


def parse_records(text: str, *, name: str) -> list[Incident]:
    """Return the records of one data file.

    Raises
    ------
    DatasetError
        Naming every fault: file, incident id, field, value and the rule it breaks.
    """
    listed = parse_yaml(text, name=name)
    if not isinstance(listed, list):
        raise DatasetError(f"{name}: expected a list of incidents, got {type(listed).__name__}.")
    records, faults = [], []
    for number, raw in enumerate(listed, 1):
        label = raw.get("id", f"entry {number}") if isinstance(raw, dict) else f"entry {number}"
        if isinstance(raw, dict) and raw.get("territories"):
            faults.append(f"{name}: {label}: territories: computed, never typed; delete it")
            continue
        try:
            records.append(Incident.model_validate(raw))
        except ValidationError as error:
            faults += [f"{name}: {label}: {fault}" for fault in describe_faults(error)]
    if faults:
        raise DatasetError("\n".join(faults))
    return records


def describe_faults(error: ValidationError) -> list[str]:
    """Return one line per fault: field, value and rule."""
    lines = []
    for fault in error.errors(include_url=False, include_context=False):
        field = re.sub(r"\.(\d+)", r"[\1]", ".".join(str(part) for part in fault["loc"])) or "record"
        value = fault["input"]
        shown = "" if isinstance(value, dict | list) or fault["type"] == "missing" else f" = {value!r}"
        lines.append(f"{field}{shown}: {fault['msg'].removeprefix('Value error, ')}")
    return lines


def read_records(file: Path) -> list[Incident]:
    """Return the records of a data file.

    Raises
    ------
    DatasetError
        If it cannot be read, is not UTF-8 or breaks a rule.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise DatasetError(f"{file}: not UTF-8 text. Save it as UTF-8.") from error
    except OSError as error:
        raise DatasetError(f"{file}: {error.strerror}.") from error
    return parse_records(text, name=file.name)


def data_files() -> list[Traversable]:
    """Return the bundled data files, sorted by name."""
    folder = resources.files("incidents") / "data"
    return sorted((f for f in folder.iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name)


def load_bundled() -> list[Incident]:
    """Return every bundled record, by file and order in it, without territory.

    Raises
    ------
    DatasetError
        If a file breaks a rule or two records share an id.
    """
    records = [r for f in data_files() for r in parse_records(f.read_text(encoding="utf-8"), name=f.name)]
    check_unique_ids(records)
    return records


def check_unique_ids(records: Iterable[Incident]) -> None:
    """Raise `DatasetError` where two records share an id."""
    seen: set[str] = set()
    for record in records:
        if record.id in seen:
            raise DatasetError(f"{record.id}: the id is used twice; give one of the records a new id.")
        seen.add(record.id)
