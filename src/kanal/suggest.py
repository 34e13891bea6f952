"""“Did you mean …”: the nearest of the names that exist, for every place where a person typed one."""

from collections.abc import Collection, Iterable, Mapping

from kanal.message import Message, msg

LISTED = 12
"""How many names somebody reads through."""
NEAR = 0.6
"""How much alike two words are, by difflib, one of which was probably meant."""
NEAR_AMONG_FEW = 0.7
"""The same where all are listed anyway: short words are soon alike, and “no” does not mean “info”."""


def did_you_mean(word: str, known: Iterable[str]) -> Message:
    """Advice that names the nearest of `known`, or all of them when none is near."""
    names = sorted(known)
    behind = {name.partition("/")[2]: name for name in names if "/" in name}  # “iban” means “privacy/iban”
    near = _nearest(word, _themselves(names)) or _nearest(word, behind, NEAR_AMONG_FEW)
    if near:
        return near
    if not names:
        return msg("There is none yet.")
    if len(names) > LISTED:
        return msg("Known are, among others: {names}.", names=", ".join(names[:LISTED]))
    return msg("Known are: {names}.", names=", ".join(names))


def unknown_key(key: str, known: Iterable[str]) -> Message:
    """The complaint about a key that is none of `known`."""
    return msg("The key “{key}” is unknown here. {hint}", key=key, hint=did_you_mean(key, known))


def must_be_one_of(key: str, value: object, words: Collection[str]) -> Message:
    """The complaint about a value that is none of `words`, which are few; with the nearest, if one is near."""
    complaint = msg("“{key}” must be one of: {expected}.", key=key, expected=", ".join(words))
    near = _nearest(value, _themselves(words), NEAR_AMONG_FEW) if isinstance(value, str) else None
    return msg("{complaint} {hint}", complaint=complaint, hint=near) if near else complaint


def _themselves(names: Iterable[str]) -> Mapping[str, str]:
    return {name: name for name in names}


def _nearest(word: str, meant: Mapping[str, str], cutoff: float = NEAR) -> Message | None:
    """The sentence that names what is meant by the nearest key, if one is near."""
    from difflib import get_close_matches  # needed for mistakes only

    near = get_close_matches(word, meant, n=1, cutoff=cutoff)
    return msg("Did you mean “{name}”?", name=meant[near[0]]) if near else None
