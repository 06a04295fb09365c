"""What a rule found."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Finding:
    """One breach of one rule."""

    rule: str
    id: str
    field: str
    message: str
    remedy: str

    @property
    def file(self) -> str:
        """The bundled data file the record belongs in."""
        return f"{self.id[:2].lower()}.yaml"

    def __str__(self) -> str:
        return f"{self.file}: {self.id}: {self.field}: {self.message} [{self.rule}] {self.remedy}"

    def to_json_dict(self) -> dict[str, str]:
        """Return the finding as plain JSON values."""
        return {"file": self.file, **asdict(self)}
