"""Letting an account into a practice network: its id there, and credentials as a real network would hand them out."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from secrets import token_urlsafe

from kanal.sandbox.records import Account
from kanal.sandbox.store import Store

_SECRETS = {
    "mastodon": ("access_token",),
    "x": ("consumer_key", "consumer_secret", "access_token", "access_token_secret"),
    "facebook": ("page_access_token",),
    "instagram": ("access_token",),
}
_TOKEN = {"mastodon": "access_token", "x": "access_token", "facebook": "page_access_token", "instagram": "access_token"}


def admit(store: Store, platform: str, account: str, name: str, scopes: Sequence[str] | None) -> Account:
    """The account with its credentials; the same ones when it was admitted before, with the new name and scopes."""
    allowed = None if scopes is None else tuple(scopes)
    known = store.account(platform, account)
    if known is not None:
        admitted = replace(known, name=name, scopes=allowed)
        if admitted == known:
            return known
    else:
        admitted = _newcomer(platform, account, name, allowed)
    store.save_account(admitted)
    return admitted


def _newcomer(platform: str, account: str, name: str, scopes: tuple[str, ...] | None) -> Account:
    account_id = account if platform in ("facebook", "instagram") else _number(platform, account)
    credentials = {secret: token_urlsafe(24) for secret in _SECRETS[platform]}
    if platform == "x":
        # X's access tokens begin with the id of their user; tweepy reads it there.
        credentials["access_token"] = f"{account_id}-{credentials['access_token']}"
    token = credentials[_TOKEN[platform]]
    return Account(platform, account, account_id, name, token, credentials, scopes)


def _number(platform: str, account: str) -> str:
    return str(int(sha256(f"{platform}/{account}".encode()).hexdigest()[:14], 16) | 1 << 56)
