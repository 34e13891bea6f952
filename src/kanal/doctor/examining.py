"""All checks in their order: those of this computer, then those of each channel; networks are asked side by side."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import closing
from datetime import datetime
from threading import Thread
from typing import NamedTuple

from kanal.abilities.telling import CanVerify, FetchesPictures, HasVersions
from kanal.config import Project
from kanal.config.secrets import Credentials
from kanal.doctor import accounts, clocks, computer, credentials, versions
from kanal.doctor.git import git
from kanal.doctor.hooks import hooks
from kanal.doctor.ledger import ledger
from kanal.doctor.limits import keep, limits, practised_limits
from kanal.doctor.observation import Check, Observation, error, failed, unknown
from kanal.doctor.staging import staging
from kanal.doctor.time_zone import time_zone
from kanal.errors import KanalError
from kanal.ledger.stores import Site
from kanal.message import msg
from kanal.model import Channel
from kanal.platforms import adapter_class
from kanal.publish.reasons import surprise
from kanal.verification import Verification

_NOT_ASKED = msg("not asked (--offline)")


class Surroundings(NamedTuple):
    """What is looked at, and when (aware, by the clock of the call). With `offline` no network is asked."""

    project: Project
    environ: Mapping[str, str]
    clock: Callable[[], datetime]
    offline: bool = False


class Patient(NamedTuple):
    """A channel, as it is connected: to its network, or to a practice network.

    `credentials` of a real channel may lack some; then it is not asked. `real`: it meets the real network.
    """

    channel: Channel
    credentials: Credentials
    real: bool


def of_this_computer(where: Surroundings, channels: Sequence[Channel]) -> Iterator[Observation]:
    """What all channels have in common."""
    project = where.project
    yield computer.kanal()
    yield time_zone(project.office.zone, where.clock())
    yield computer.certificates(where.environ)
    yield computer.proxy(where.environ)
    yield git(project.root, where.environ)
    hooked = hooks(project.root, where.environ)
    if hooked:
        yield hooked
    site = Site(project.root, project.state, where.environ, where.clock)
    yield ledger(project, channels, site, offline=where.offline)


def of_channels(where: Surroundings, patients: Sequence[Patient]) -> Iterator[Observation]:
    """What is about each channel, in their order. What fails on one of them is a row of that one."""
    for patient, told in zip(patients, _side_by_side(where, patients), strict=True):
        for one in _whatever_comes(_seen(where, patient, told)):
            yield one._replace(channel=patient.channel.name)


Told = Verification | Observation | None
"""What the network told; or why it was not asked, or told nothing; None where it cannot be asked."""


def _side_by_side(where: Surroundings, patients: Sequence[Patient]) -> Iterator[Told]:
    """In threads that end with the process: a pool would let Ctrl-C wait for a network that does not answer."""
    futures: list[Future[Told]] = [Future() for _ in patients]

    def ask(patient: Patient, future: "Future[Told]") -> None:
        try:
            future.set_result(_asked(where, patient))
        except BaseException as trouble:  # noqa: BLE001 - raised again by whoever waits for the result
            future.set_exception(trouble)

    threads = [Thread(target=ask, args=both, daemon=True) for both in zip(patients, futures, strict=True)]
    for thread in threads:
        thread.start()
    for thread, future in zip(threads, futures, strict=True):
        while thread.is_alive():
            thread.join(0.2)  # Windows notices Ctrl-C only between waits
        yield future.result()


def _asked(where: Surroundings, patient: Patient) -> Told:
    if patient.credentials.missing:
        return None
    if where.offline:
        return unknown(Check.NETWORK, _NOT_ASKED)
    try:
        kind = adapter_class(patient.channel.platform)
        with closing(kind(patient.channel, patient.credentials.found)) as adapter:
            if isinstance(adapter, CanVerify):
                return adapter.verify()
    except Exception as trouble:  # noqa: BLE001 - an adapter of another package may raise anything
        return _failed(trouble)
    return unknown(Check.NETWORK, msg("The network cannot be asked."))


def _whatever_comes(seen: Iterator[Observation]) -> Iterator[Observation]:
    """What an adapter of another package makes fail must not hide what was seen before, nor other channels."""
    try:
        yield from seen
    except Exception as trouble:  # noqa: BLE001 - it may raise anything, or tell what is none
        yield _failed(trouble)


def _failed(trouble: Exception) -> Observation:
    """As a row. What nobody foresaw may hold a token, so only its kind and its place in the code are shown."""
    if isinstance(trouble, KanalError):
        return failed(Check.NETWORK, trouble)
    return error(Check.NETWORK, surprise(trouble))


def _seen(where: Surroundings, patient: Patient, told: Told) -> Iterator[Observation]:
    channel = patient.channel
    kind = adapter_class(channel.platform)
    if patient.real:
        yield from credentials.seen(channel, patient.credentials, where.environ)
    version = kind.api_version(channel) if isinstance(kind, HasVersions) else None
    if version:
        yield versions.seen(version, where.clock().astimezone(where.project.office.zone).date())
    if isinstance(told, Observation):
        yield told
    elif told:
        if version:
            yield from versions.answered(version, told.version)
        yield from _told(where, patient, told)
    if isinstance(kind, FetchesPictures):
        if where.offline:
            yield unknown(Check.STAGING, _NOT_ASKED)
        else:
            yield staging(channel.staging, kind.fetched_by, real=patient.real)


def _told(where: Surroundings, patient: Patient, told: Verification) -> Iterator[Observation]:
    channel = patient.channel
    yield accounts.account(channel, told)
    if patient.real:
        yield from accounts.page(channel, told)
    yield from accounts.scopes(told)
    yield from accounts.validity(told, where.clock())
    usual = adapter_class(channel.platform).limits
    if patient.real:
        yield from limits(channel, told, usual)
        yield from keep(channel, told, where.project.state, where.clock())
    else:
        yield from practised_limits(told, usual)
    yield from accounts.allowance(told)
    yield from clocks.clock(told)
