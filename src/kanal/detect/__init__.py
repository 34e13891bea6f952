"""What may stand in a text that should not go out: identifiers, contacts, people, places, links that follow readers.

Pure functions from a text to `Hit`s; each module finds one sort of thing. They know no draft, no policy and no rule:
what is allowed in an office (its own telephone numbers, its own buildings) comes in as an argument.
"""

from typing import NamedTuple


class Hit(NamedTuple):
    """Where something was found: `text[start:end]`, in code points. `kind` is the detector's word for it (`iban`)."""

    start: int
    end: int
    kind: str
