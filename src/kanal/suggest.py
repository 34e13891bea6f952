"""“Did you mean …”: the nearest of the names that exist, for every place where a person typed one."""

from collections.abc import Iterable

from kanal.message import Message, msg

LISTED = 12
"""How many names somebody reads through."""


def did_you_mean(word: str, known: Iterable[str]) -> Message:
    """Advice that names the nearest of `known`, or all of them when none is near."""
    from difflib import get_close_matches  # needed for mistakes only

    names = sorted(known)
    near = get_close_matches(word, names, n=1, cutoff=0.6)
    if near:
        return msg("Did you mean “{name}”?", name=near[0])
    if not names:
        return msg("There is none yet.")
    if len(names) > LISTED:
        return msg("Known are, among others: {names}.", names=", ".join(names[:LISTED]))
    return msg("Known are: {names}.", names=", ".join(names))
