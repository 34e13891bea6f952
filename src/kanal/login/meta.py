"""From a short-lived user token to the token of a page, as Facebook and Instagram share it (Facebook Login).

https://developers.facebook.com/docs/facebook-login/guides/access-tokens/get-long-lived and
docs/networks.md#authentication. The page's token does not end; the app's secret and the user's token are forgotten as
soon as it is there.
"""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from kanal.errors import DeliveryError, LoginRefused, Unavailable
from kanal.login import Field, Talk
from kanal.login.endpoint import Answer, Complaint, Fields, ask, missing_permissions, without
from kanal.message import msg
from kanal.model import Secret

_PAGES = 5
"""How many lists of 100 pages are read at most."""


class App(NamedTuple):
    """The app that asks."""

    id: str
    secret: Secret

    @property
    def token(self) -> Secret:
        """The app's own access token (https://developers.facebook.com/docs/facebook-login/guides/access-tokens#apptokens)."""
        return Secret(f"{self.id}|{self.secret.reveal()}")


class UserToken(NamedTuple):
    """A person's token, and the app that it was made for."""

    app: App
    token: Secret


def ask_user_token(talk: Talk, explorer: str, permissions: Collection[str]) -> UserToken:
    """What somebody got on the page `explorer` for these permissions."""
    talk.tell(
        msg(
            "Make a user token for your app at {address}, with these permissions: {names}",
            address=explorer,
            names=", ".join(permissions),
        )
    )
    identity = talk.ask(Field("app_id", msg("App ID"), secret=False)).reveal()
    secret = talk.ask(Field("app_secret", msg("App secret")))
    return UserToken(App(identity, secret), talk.ask(Field("user_token", msg("User token"))))


def long_lived(base: str, user: UserToken) -> Secret:
    """The user's token, good for sixty days."""
    query: Fields = {
        "grant_type": "fb_exchange_token",
        "client_id": user.app.id,
        "client_secret": user.app.secret,
        "fb_exchange_token": user.token,
    }
    return token_in(read(base, None, "/oauth/access_token", query))


def pages(base: str, user: Secret, fields: str) -> list[Mapping[str, Any]]:
    """The pages that the person may act for. Raises `LoginRefused`, `Unavailable`."""
    from kanal.graph import Graph

    graph = Graph(base, user, usage_kind="pages")
    try:
        return list(graph.listing("/me/accounts", {"fields": fields}, pages=_PAGES))
    except DeliveryError as error:
        raise _refusal(error, [user]) from error
    finally:
        graph.close()


def refuse_lesser(
    base: str, app: App, token: Secret, permissions: Collection[str], targets: Collection[str]
) -> tuple[str, ...]:
    """The permissions of `token` for `targets`, the ids of a page and its account; by `GET /debug_token`.

    Raises `LoginRefused` when the token does not hold, or lacks one of `permissions` there.
    """
    answer = read(base, None, "/debug_token", {"input_token": token, "access_token": app.token})
    data = answer.get("data")
    if not isinstance(data, dict) or data.get("is_valid") is not True:
        raise LoginRefused(msg("The network says that the token does not hold."), BEGIN_AGAIN)
    granted = [str(scope) for scope in data.get("scopes") or ()]
    for one in data.get("granular_scopes") or ():
        # Without ids it holds for all that the person may act for.
        if isinstance(one, dict) and one.get("target_ids") and not {*map(str, one["target_ids"])} & {*targets}:
            granted = [scope for scope in granted if scope != one.get("scope")]
    missing = [scope for scope in permissions if scope not in granted]
    if missing:
        raise missing_permissions(missing)
    return tuple(granted)


def read(base: str, token: Secret | None, path: str, query: Fields) -> Answer:
    """GET from the Graph API. Raises `LoginRefused` when only a person can help, else `Unavailable`."""
    return ask("GET", base.rstrip("/"), path, query, bearer=token, read=_complaint)


def _complaint(answer: Answer) -> Complaint:
    """https://developers.facebook.com/docs/graph-api/guides/error-handling ."""
    from kanal.graph.verdicts import CODES, Kind

    error = answer.get("error")
    if not isinstance(error, dict):
        return Complaint("", "")
    verdict = CODES.get(error.get("code"))
    may_pass = error.get("is_transient") is True or (verdict is not None and verdict.kind is Kind.LIMIT)
    return Complaint(
        str(error.get("code", "")), str(error.get("error_user_msg") or error.get("message") or ""), may_pass
    )


def token_in(answer: Mapping[str, Any]) -> Secret:
    """`access_token` of an answer or a page. Raises `LoginRefused` where there is none."""
    found = answer.get("access_token")
    if not isinstance(found, str) or not found:
        raise LoginRefused(msg("The network gives no token for that."), BEGIN_AGAIN)
    return Secret(found)


PAGE_IN_CI = msg("The page's token does not end by itself, but with a changed password, a lost role or a removed app.")
BEGIN_AGAIN = msg("Make a new user token with the permissions that are named above, and begin again.")


def _refusal(error: DeliveryError, hidden: Collection[Secret]) -> LoginRefused | Unavailable:
    words = without(hidden, error.words)
    if isinstance(error, Unavailable) and not error.needs_person:
        return Unavailable(error.message, error.advice, words=words, channel_wide=True)
    return LoginRefused(msg("{message} {words}", message=error.message, words=words), BEGIN_AGAIN, words=words)
