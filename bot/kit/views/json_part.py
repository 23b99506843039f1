"""What every piece of JSON shares that programs elsewhere send and get."""

from pydantic import BaseModel, ConfigDict


class JsonPart(BaseModel):
    """An object with these fields and no other."""

    model_config = ConfigDict(extra="forbid", frozen=True)
