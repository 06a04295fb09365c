"""What every part of a record shares."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """An immutable part of a record. Unknown keys are an error: a misspelt field must not vanish."""

    model_config = ConfigDict(
        allow_inf_nan=False, extra="forbid", frozen=True, str_strip_whitespace=True, use_attribute_docstrings=True
    )
