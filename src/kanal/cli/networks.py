"""Which ledger and which network each channel meets: the office's for live channels, practice for all others.

The one place where product code touches the practice networks, and the one place that decides between practice and
reality: a channel is real only where the configuration says `live: true` and nobody asked for `--sandbox`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta

from kanal.cli.desk import Clock
from kanal.config import Project
from kanal.errors import ConfigError, KanalError, UsageError
from kanal.ledger import Ledger, Standing
from kanal.ledger.office import office_ledger, open_practice_ledger
from kanal.ledger.stores import Site
from kanal.login.finding import find
from kanal.message import Message, msg, msgn
from kanal.model import Channel, Secret, StagingPlace
from kanal.sandbox import PLATFORMS as PRACTISED
from kanal.sandbox import Practice

PRACTICE_PATIENCE = timedelta(seconds=2)
"""The practice networks show a post the moment it is stored; a doubt need not wait longer."""
PORT = 8800


@dataclass(frozen=True, slots=True)
class Ledgers:
    """The ledgers of a run, opened only where a channel needs them."""

    office: Ledger | None
    practice: Ledger | None

    def of(self, channel: Channel, *, sandbox: bool) -> Ledger:
        """The ledger in which the channel's deliveries stand."""
        found = self.office if channel.live and not sandbox else self.practice
        if found is None:
            raise AssertionError(channel.name)
        return found

    def __iter__(self) -> Iterator[Ledger]:
        return (ledger for ledger in (self.office, self.practice) if ledger is not None)


@contextmanager
def open_ledgers(
    project: Project, channels: Iterable[Channel], environ: Mapping[str, str], clock: Clock, *, sandbox: bool
) -> Iterator[Ledgers]:
    """Open the ledgers that `channels` need; they date events by `clock`. Raises `LedgerRefused`."""
    live = [channel.live and not sandbox for channel in channels]
    with ExitStack() as stack:
        office = practice = None
        if any(live):
            site = Site(project.root, project.state, environ, clock)
            office = stack.enter_context(office_ledger(site, project.office.ledger))
        if not all(live):
            practice = open_practice_ledger(project.state, clock)
            stack.callback(practice.close)
        yield Ledgers(office, practice)


def sends(ledger: Ledger, project: Project, clock: Clock) -> Callable[[Standing], bool]:
    """Tells of a claim in `ledger` whether its runner may be sending it now, by the clock that dates events."""
    from kanal.ledger.runner import LEASE, is_sending

    lease = LEASE if ledger.shared else timedelta()
    return lambda standing: is_sending(standing, project.state / "runners", lease, clock())


@contextmanager
def practice_networks(project: Project) -> Iterator[Practice]:
    """The practice networks of this project: those of a running `kanal sandbox`, or ones that end with the block."""
    running = running_practice(project)
    if running:
        yield running
        return
    from kanal.sandbox.server import running as start

    folder = project.state / "sandbox"
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        try:
            practice = stack.enter_context(start(folder / "networks.sqlite3", port=PORT, staging=folder / "staging"))
        except UsageError:  # somebody else's practice networks use the port; addresses then hold for this run only
            practice = stack.enter_context(start(folder / "networks.sqlite3", port=0, staging=folder / "staging"))
        yield practice


def running_practice(project: Project) -> Practice | None:
    """The practice networks of a `kanal sandbox` that runs for this project."""
    note = project.state / "sandbox" / "address"
    try:
        practice = Practice(note.read_text(encoding="utf-8").strip())
        practice.request_counts()
    except (OSError, UnicodeDecodeError, KanalError):
        return None
    return practice


def practised(channel: Channel, practice: Practice, project: Project) -> tuple[Channel, Mapping[str, Secret]]:
    """The channel turned towards the practice networks, with credentials of an account there."""
    if channel.platform not in PRACTISED:
        raise UsageError(
            msg(
                "There is no practice network for “{platform}” ({channel}).",
                platform=channel.platform,
                channel=channel.name,
            ),
            msg("Name the other channels with --channel, or set “live: true” for this one."),
        )
    found = practice.admit(channel.platform, channel.account, project.office.name)
    staging = StagingPlace(str(project.state / "sandbox" / "staging"), f"{practice.address}staging/")
    there = channel._replace(urls=practice.urls(channel.platform), staging=staging)
    return there, {name: Secret(value) for name, value in found.items()}


def live_credentials(
    channels: Iterable[Channel], environ: Mapping[str, str], tell: Callable[[Message], None] | None = None
) -> Mapping[str, Mapping[str, Secret]]:
    """The credentials of live channels; `tell` hears of logins that could not be renewed, but still hold.

    Raises `ConfigError` that names everything missing at once, and for a login that was made elsewhere.
    """
    found: dict[str, Mapping[str, Secret]] = {}
    missing: list[str] = []
    without: list[str] = []
    for channel in channels:
        own = find(channel, environ, tell)
        found[channel.name] = own.credentials
        missing += own.missing
        without += [channel.name] if own.missing else []
    if missing:
        raise ConfigError(
            msgn(
                "A credential is missing: {names}.",
                "{count} credentials are missing: {names}.",
                len(missing),
                names=", ".join(missing),
            ),
            msg(
                "Log in: kanal login {channel}. Or set the variables, or NAME_FILE with the path of a file, or put them"
                " into the keyring.",
                channel=without[0],
            ),
        )
    return found
