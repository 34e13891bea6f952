"""`kanal login`: a channel gets its credentials from its network, and they are kept where nobody else reads them."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Annotated, NamedTuple

import typer

from kanal.adapter import sets_of_needs
from kanal.cli.desk import Desk
from kanal.cli.for_ci import print_for_ci
from kanal.cli.login_talk import AtTerminal, Told, has_browser
from kanal.cli.networks import practice_networks, practised
from kanal.cli.sending import select_channels
from kanal.cli.terminal import write
from kanal.config import Project
from kanal.config.secrets import variable
from kanal.credentials import Grant
from kanal.credentials.keeping import CredentialStore, KeepIn, choose, load, prove, save
from kanal.credentials.keyring_store import forget
from kanal.errors import UsageError
from kanal.login import Login, login_of
from kanal.login.authorizing import FIXED_PORT, callback
from kanal.message import mark, msg
from kanal.model import Channel
from kanal.platforms import adapter_class
from kanal.suggest import did_you_mean

PORT_MAX = 65535
ChannelName = Annotated[str, typer.Argument(help=mark("The channel."))]


def login(
    context: typer.Context,
    channel: ChannelName,
    way: Annotated[str | None, typer.Option("--way", help=mark("The way in, where a network has several."))] = None,
    stdin: Annotated[
        bool, typer.Option("--stdin", help=mark("Read the answers from standard input, in lines name=value."))
    ] = False,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help=mark("Open none; only show the address, and ask for what comes of it."))
    ] = False,
    port: Annotated[
        int,
        typer.Option(
            "--port",
            min=0,
            max=PORT_MAX,
            show_default=False,
            help=mark("Port of 127.0.0.1 that the browser comes back to; without it, any free one (X: 8790)."),
        ),
    ] = 0,
    keep_in: Annotated[
        KeepIn | None,
        typer.Option("--keep-in", help=mark("Where to keep them; without it, in the keyring if there is one.")),
    ] = None,
    print_ci: Annotated[
        bool, typer.Option("--print-ci", help=mark("Log in nowhere; show which names a CI system must know."))
    ] = False,
    with_values: Annotated[
        bool, typer.Option("--with-values", help=mark("With --print-ci: show the secrets, too."))
    ] = False,
    sandbox: Annotated[
        bool, typer.Option("--sandbox", help=mark("Practise: on the practice networks, for a live channel too."))
    ] = False,
) -> None:
    """Get a channel's credentials from its network, and keep them in the keyring or in a file for you alone."""
    desk: Desk = context.obj
    project = desk.project()
    found = select_channels(project, [channel])[channel]
    if with_values and not print_ci:
        raise UsageError(msg("--with-values goes with --print-ci only."))
    if print_ci:
        print_for_ci(found, desk, with_values=with_values)
        return
    login_of(found)  # a platform without one is refused before practice networks start
    store = choose(keep_in, desk.environ)
    with _there(found, project, port, desk, sandbox=sandbox) as there:
        network = login_of(there.channel)
        talk = _talk(desk, port, stdin=stdin, browser=not no_browser and has_browser(desk.environ))
        chosen = _way(network, way, talk)
        answers = there.answers(chosen)
        if answers:
            desk.note(msg("Answer with these:"))
            for field, value in answers.items():
                write(f"  {field}={value}", to=sys.stderr)
        prove(store, there.name)
        try:
            grant = network.log_in(chosen, talk, desk.clock())
        except KeyboardInterrupt:  # while nobody came back from the browser
            raise typer.Abort from None
        if isinstance(talk, Told):
            talk.warn_of_rest()
        before = load(there.name, desk.environ)
        save(there.name, grant, store, desk.environ)
    if before:
        desk.note(msg("It takes the place of an earlier login, which the network accepts until it is revoked there."))
    if there.name == found.name:
        _clear_the_way(found, desk)
    _report(found, grant, store, desk)


def store_name(channel: Channel, *, sandbox: bool) -> str:
    """Under which name a grant is kept. A practice network's is none that a live channel could ever find."""
    return channel.name if channel.live and not sandbox else f"{channel.name}@practice"


class _There(NamedTuple):
    """The channel where it is to log in, the name to keep its grant under, and the answers that practice knows."""

    channel: Channel
    name: str
    answers: Callable[[str], Mapping[str, str]] = lambda _: {}


@contextmanager
def _there(channel: Channel, project: Project, port: int, desk: Desk, *, sandbox: bool) -> Iterator[_There]:
    """Turn the channel towards the practice networks unless it is live."""
    name = store_name(channel, sandbox=sandbox)
    if name == channel.name:
        yield _There(channel, name)
        return
    with practice_networks(project) as practice:
        there, credentials = practised(channel, practice, project)
        desk.note(
            msg("This is practice: nothing real is asked, and what comes of it is never used for a real network.")
        )

        def answers(way: str) -> Mapping[str, str]:
            """What a person would have found on the network's pages for developers."""
            if way in _BY_HAND:
                return {field: secret.reveal() for field, secret in credentials.items()}
            if channel.platform == "mastodon":  # there, apps register themselves
                return {}
            account = channel.account if way == "instagram" else None
            return practice.app(channel.platform, redirect=callback(port or FIXED_PORT), account=account)

        yield _There(there, name, answers)


_BY_HAND = ("keys", "token")
"""Ways in with credentials that are there already."""


def _talk(desk: Desk, port: int, *, stdin: bool, browser: bool) -> AtTerminal | Told:
    if not stdin and sys.stdin.isatty():
        return AtTerminal(desk, port, browser=browser)
    return Told(desk, port, sys.stdin if stdin else None, browser=browser)


def _way(network: Login, wish: str | None, talk: AtTerminal | Told) -> str:
    """The way in that was named, or chosen, or the only one. Raises `UsageError`."""
    names = list(network.ways)
    if wish is not None:
        if wish not in names:
            raise UsageError(msg("There is no way in called “{name}”.", name=wish), did_you_mean(wish, names))
        return wish
    if len(names) == 1:
        return names[0]
    if isinstance(talk, AtTerminal):
        return talk.choose(msg("Which way"), network.ways)
    raise UsageError(msg("There are several ways in: {names}.", names=", ".join(names)), msg("Name one with --way."))


def _clear_the_way(channel: Channel, desk: Desk) -> None:
    """Take out what was put into the keyring by hand and would go before; say what the environment puts before it."""
    for name in dict.fromkeys(name for names in sets_of_needs(adapter_class(channel.platform)) for name in names):
        if forget(f"{channel.name}/{name}"):
            desk.note(
                msg("Taken out of the keyring, as it would have gone before: {name}", name=f"{channel.name}/{name}")
            )
        set_one = variable(channel.name, name)
        for candidate in (set_one, f"{set_one}_FILE"):
            if desk.environ.get(candidate, "").strip():
                desk.note(msg("{name} is set here, and goes before what was stored now.", name=candidate))


def _report(channel: Channel, grant: Grant, store: CredentialStore, desk: Desk) -> None:
    write(
        desk.say(
            msg(
                "Logged in as “{account}” at {address}. Kept in {place}.",
                account=grant.account,
                address=grant.issuer,
                place=store.place(),
            )
        )
    )
    if grant.expires_at:
        write(desk.say(msg("It holds until {time}; kanal renews it when the channel is used.", time=grant.expires_at)))
    write(desk.say(msg("Next: kanal doctor {channel}", channel=channel.name)))
