"""Whether this computer knows the office's time zone, and how old its knowledge is.

Python asks the operating system first, then the package tzdata (https://docs.python.org/3/library/zoneinfo.html). When
summer time is abolished, drafts planned with old data go out an hour too early or too late.
"""

import re
import zoneinfo
from contextlib import suppress
from datetime import datetime
from importlib import import_module
from pathlib import Path
from zoneinfo import ZoneInfo

from kanal.doctor.observation import Check, Observation, ok, warning
from kanal.message import msg

OLD_YEARS = 2


def time_zone(zone: ZoneInfo, now: datetime) -> Observation:
    """The zone, and of which year the data is."""
    release = _release(zone.key)
    if release is None:
        return ok(Check.TIME_ZONE, msg("{zone}", zone=zone.key))
    if now.year - int(release[:4]) >= OLD_YEARS:
        return warning(
            Check.TIME_ZONE,
            msg("{zone}; the rules of {release} may be out of date.", zone=zone.key, release=release),
            msg("Update the operating system, or with pip: pip install --upgrade tzdata"),
        )
    return ok(Check.TIME_ZONE, msg("{zone}, rules of {release}", zone=zone.key, release=release))


def _release(key: str) -> str | None:
    """The release of the data that Python uses for a zone, such as `2026b`; None where it does not say."""
    for folder in zoneinfo.TZPATH:
        if (Path(folder) / key).is_file():
            return _of_system(Path(folder))
    try:
        return str(import_module("tzdata").IANA_VERSION)
    except ImportError:
        return None


def _of_system(folder: Path) -> str | None:
    """Distributions keep the release in one of two files (https://data.iana.org/time-zones/tz-link.html)."""
    for file in (folder / "+VERSION", folder / "tzdata.zi"):
        with suppress(OSError), file.open(encoding="ascii", errors="replace") as lines:
            found = re.search(r"\b(\d{4}[a-z]+)\b", lines.readline())
            if found:
                return found[1]
    return None
