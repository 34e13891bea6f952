"""The three ways in which the networks take fields: JSON, a web form, a multipart form with files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from json import JSONDecodeError
from typing import Any

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

_MULTIPART_TEXT_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class File:
    """An uploaded file, read completely."""

    name: str
    type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Form:
    """Fields by name, each with all its values (JSON values as they are), and files by field name."""

    values: Mapping[str, list[Any]] = field(default_factory=dict)
    files: Mapping[str, File] = field(default_factory=dict)

    def one(self, name: str) -> str | None:
        """The last value of a field as text, JSON's `true` as "true"; `None` when it is not there."""
        found = self.values.get(name)
        if not found or found[-1] is None:
            return None
        return str(found[-1]).lower() if isinstance(found[-1], bool) else str(found[-1])

    def all(self, name: str) -> list[str]:
        """All values of a list field, whether it was called `name` or, as Rails and PHP do, `name[]`."""
        return [str(value) for value in [*self.values.get(name, []), *self.values.get(f"{name}[]", [])]]


async def read(request: Request) -> Form:
    """The fields of a request's body; broken JSON and forms raise Starlette's 400."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        return _from_json(await _json(request))
    if kind not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        return Form()
    values: dict[str, list[Any]] = {}
    files: dict[str, File] = {}
    async with request.form(max_files=100, max_fields=1000, max_part_size=_MULTIPART_TEXT_BYTES) as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                files[name] = File(value.filename or "", value.content_type or "", await value.read())
            else:
                values.setdefault(name, []).append(value)
    return Form(values, files)


async def _json(request: Request) -> Any:
    try:
        return await request.json()
    except (JSONDecodeError, UnicodeDecodeError) as error:
        raise HTTPException(400, "The body is not JSON.") from error


def _from_json(body: Any) -> Form:
    if not isinstance(body, dict):
        raise HTTPException(400, "The body is not a JSON object.")
    return Form({name: value if isinstance(value, list) else [value] for name, value in body.items()})
