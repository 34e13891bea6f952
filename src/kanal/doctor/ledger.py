"""Whether the office's ledger is there, and the one that the configuration names."""

from collections.abc import Iterable

from kanal.config import Project
from kanal.doctor.observation import Check, Observation, failed, ok, unknown
from kanal.errors import KanalError
from kanal.ledger.office import office_ledger
from kanal.ledger.stores import Site
from kanal.message import msg
from kanal.model import Channel

_HERE = ("sqlite",)
"""Stores that are no further than this computer's disk."""


def ledger(project: Project, channels: Iterable[Channel], site: Site, *, offline: bool) -> Observation:
    """The ledger, opened as `publish` would and closed again."""
    if not any(channel.live for channel in channels):
        return ok(Check.LEDGER, msg("none is needed, since no channel is real"))
    named = project.office.ledger
    if offline and named and named.store not in _HERE:
        return unknown(
            Check.LEDGER, msg("“{name}” ({store}): not asked (--offline).", name=named.name, store=named.store)
        )
    try:
        with office_ledger(site, named) as opened:
            return ok(
                Check.LEDGER, msg("“{name}” ({store})", name=opened.name, store=named.store if named else "sqlite")
            )
    except KanalError as trouble:
        return failed(Check.LEDGER, trouble)
