"""Until when Meta answers each version of its Graph API.

After that day Meta answers an old version's calls in the oldest one that it still has, without a word.
Source: https://developers.facebook.com/docs/graph-api/changelog/versions (read in November 2026). This module must not
ask anybody.
"""

import re
from collections.abc import Mapping
from datetime import date

from kanal.verification import ApiVersion

UNTIL: Mapping[str, date | None] = {
    "v16.0": date(2025, 5, 14),
    "v17.0": date(2025, 9, 12),
    "v18.0": date(2026, 1, 26),
    "v19.0": date(2026, 5, 21),
    "v20.0": date(2026, 9, 24),
    "v21.0": date(2027, 1, 21),
    "v22.0": date(2027, 5, 20),
    "v23.0": date(2027, 10, 8),
    "v24.0": date(2028, 2, 18),
    "v25.0": date(2028, 7, 29),
    "v26.0": None,
}
"""The last day of each; None where it is not announced yet."""


def version_in(base_url: str) -> ApiVersion:
    """The version in a base address such as `https://graph.facebook.com/v26.0`; older than the table is over."""
    found = re.search(r"/(v(\d+)\.\d+)/?$", base_url)
    if not found:
        return ApiVersion("", known=False)
    if int(found[2]) < 16:  # noqa: PLR2004 - where the table begins
        return ApiVersion(found[1], UNTIL["v16.0"])
    return ApiVersion(found[1], UNTIL.get(found[1]), known=found[1] in UNTIL)
