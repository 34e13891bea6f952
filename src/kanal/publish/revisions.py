"""Which revision of a post is the one that counts now: the first that has not given way to the next, part by part.

By the ledger alone; the ledger lets nobody claim any other. It must not know drafts, nor networks.
"""

from collections import defaultdict
from collections.abc import Mapping

from kanal.ledger import Ledger, State
from kanal.model import DeliveryKey

States = Mapping[DeliveryKey, tuple[State, str]]
"""State and digest of content, as `Ledger.states` gives them."""
Revisions = Mapping[tuple[str, str], int]
"""By channel and draft; what is not in it is at its first revision."""


def revisions(states: States) -> Revisions:
    """The present revision of every post that was ever published anew."""
    anew = {(key.channel, key.draft) for key, (state, _) in states.items() if state is State.REPLACED}
    if not anew:
        return {}
    parts: dict[tuple[str, str], dict[int, list[State]]] = defaultdict(lambda: defaultdict(list))
    for key, (state, _) in states.items():
        if (key.channel, key.draft) in anew:
            parts[key.channel, key.draft][key.revision].append(state)
    return {post: _present(found) for post, found in parts.items()}


def _present(parts: Mapping[int, list[State]]) -> int:
    revision = 1
    while all(state is State.REPLACED for state in parts.get(revision, [State.RELEASED])):
        revision += 1
    return revision


def present(key: DeliveryKey, known: Revisions) -> DeliveryKey:
    """The same part of the same post, in the revision that counts."""
    return key._replace(revision=known.get((key.channel, key.draft), 1))


def looked_up(key: DeliveryKey, ledger: Ledger) -> DeliveryKey:
    """The same for one post, without reading the states of all: what is answered is one that stands, or none."""
    found = key
    while (standing := ledger.standing(found._replace(part=1))) and standing.state is State.REPLACED:
        found = found._replace(revision=found.revision + 1)
    return found
