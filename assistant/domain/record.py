"""The base of all frozen types."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """A frozen value: compared by content, never changed, only replaced (``model_copy``)."""

    model_config = ConfigDict(frozen=True, extra="forbid")
