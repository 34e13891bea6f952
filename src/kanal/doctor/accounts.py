"""Whether a network's answers are about the right account, and whether the token may do what it should, and no more."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from kanal.doctor.observation import Check, Observation, error, ok, unknown, warning
from kanal.message import Message, msg, msgn
from kanal.model import Channel
from kanal.transport.failures import other_account
from kanal.verification import Verification

AHEAD = timedelta(days=14)
"""How long before a token's end somebody is warned."""
_RENEW = msg("Make a new token, and store it in place of the old one.")


def account(channel: Channel, told: Verification) -> Observation:
    """Whose credentials they are."""
    if told.is_right:
        name = told.name if told.name == told.account else f"{told.name} ({told.account})"
        return ok(Check.ACCOUNT, msg("{name}", name=name))
    if told.account:
        trouble = other_account(f"{told.name} ({told.account})", channel.account)
        return error(Check.ACCOUNT, trouble.message, trouble.advice)
    return error(
        Check.ACCOUNT,
        msg("The credentials do not show that they belong to “{account}”.", account=channel.account),
        msg("Store the credentials of the right account, or correct “account” in config/channels.yaml."),
    )


def page(channel: Channel, told: Verification) -> Iterator[Observation]:
    """Whether readers are led to where posts go out."""
    if channel.page and told.page and told.is_right:
        if _plain(channel.page) == _plain(told.page):
            yield ok(Check.PAGE, msg("{page}", page=told.page))
        else:
            yield warning(
                Check.PAGE,
                msg("The account's page is {found}, not {page}.", found=told.page, page=channel.page),
                msg("Correct “page” of this channel in config/channels.yaml."),
            )


def _plain(address: str) -> tuple[str, str]:
    """What of an address tells pages apart."""
    parts = urlsplit(address)
    host = parts.netloc.lower().removeprefix("www.")
    return {"twitter.com": "x.com"}.get(host, host), parts.path.rstrip("/").casefold()


def scopes(told: Verification) -> Iterator[Observation]:
    """What the token may not do, though it has to, and what it need not."""
    if told.granted is None:
        if told.is_right:
            yield unknown(Check.SCOPES, msg("The network does not tell what the token may do."))
        return
    missing, spare = told.wanted.missing(told.granted), told.wanted.spare(told.granted)
    lacking = told.wanted.lacking(told.granted)
    if missing:
        yield error(
            Check.SCOPES,
            msgn(
                "The token lacks the permission {names}.",
                "The token lacks the permissions {names}.",
                len(missing),
                names=", ".join(missing),
            ),
            msg("Grant it to the app, then make a new token, and store it in place of the old one."),
        )
    for scope, use in lacking.items():
        yield warning(
            Check.SCOPES,
            msg("The token lacks the permission {name}, {use}.", name=scope, use=use),
            msg("Grant it to the app, then make a new token, if you need it."),
        )
    if spare:
        yield warning(
            Check.SCOPES,
            msgn(
                "The token may do more than kanal needs: {names}.",
                "The token may do more than kanal needs: {names}.",
                len(spare),
                names=", ".join(spare),
            ),
            msg("Make a token that may do no more than it has to; whoever gets hold of it can do all of that."),
        )
    if not (missing or lacking or spare):
        yield ok(Check.SCOPES, msg("{names}", names=", ".join(sorted(told.granted))))


def validity(told: Verification, now: datetime) -> Iterator[Observation]:
    """How long the token holds. `now` is aware."""
    if told.validity is None:
        if told.is_right:
            yield unknown(Check.VALIDITY, msg("The network does not tell until when the token holds."))
        return
    until, reading = told.validity
    if until is None:
        yield ok(Check.VALIDITY, msg("The token has no end."))
    elif until <= now:
        yield error(Check.VALIDITY, msg("The token has been void since {time}.", time=until), _RENEW)
    else:
        yield _ahead(until, now, msg("The token holds until {time} only.", time=until), msg("until {time}", time=until))
    if reading is not None and reading - now <= AHEAD:
        message = msg("The app may read the account's data until {time} only.", time=reading)
        yield warning(Check.VALIDITY, message, _RENEW)


def _ahead(until: datetime, now: datetime, soon: Message, later: Message) -> Observation:
    return warning(Check.VALIDITY, soon, _RENEW) if until - now <= AHEAD else ok(Check.VALIDITY, later)


def allowance(told: Verification) -> Iterator[Observation]:
    """How many posts are left today, where the network counts them."""
    if told.allowance:
        used, total = told.allowance
        message = msg("{used} of {total} posts in 24 hours", used=used, total=total)
        advice = msg("Until some of them are older than a day, nothing goes out.")
        yield warning(Check.ALLOWANCE, message, advice) if used >= total else ok(Check.ALLOWANCE, message)
