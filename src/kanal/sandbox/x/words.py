"""What all parts of the practice X say alike: problems, whose signature it is, times."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kanal.sandbox.dialect import Ground
from kanal.sandbox.records import Account, StoredPicture
from kanal.sandbox.refusal import Refused
from kanal.sandbox.x import signature

_TITLES = {
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    429: "Too Many Requests",
    500: "Internal Server Error",
    501: "Not Implemented",
    503: "Service Unavailable",
}
_INVALID = "One or more parameters to your request was invalid."


def problem(status: int, detail: str) -> Response:
    """A problem without a page of its own (RFC 7807, `about:blank`)."""
    title = _TITLES.get(status, "Bad Request")
    body = {"title": title, "type": "about:blank", "status": status, "detail": detail or title}
    return JSONResponse(body, status, media_type="application/problem+json")


def invalid(message: str, parameters: Mapping[str, Sequence[str]] | None = None, detail: str = _INVALID) -> Refused:
    """X's `InvalidRequestProblem`: which parameter, and what is wrong with it."""
    body = {
        "errors": [{"parameters": dict(parameters or {}), "message": message}],
        "title": "Invalid Request",
        "detail": detail,
        "type": "https://api.x.com/2/problems/invalid-request",
        "status": 400,
    }
    return Refused(JSONResponse(body, 400, media_type="application/problem+json"))


def lookup_error(resource: str, value: str, parameter: str = "id") -> Mapping[str, str]:
    """What stands in `errors` for an object that is not there."""
    return {
        "value": value,
        "detail": f"Could not find {resource} with {parameter}: [{value}].",
        "title": "Not Found Error",
        "resource_type": resource,
        "parameter": parameter,
        "resource_id": value,
        "type": "https://api.x.com/2/problems/resource-not-found",
    }


def not_found(resource: str, value: str) -> Response:
    """X answers 200 with an error inside when a single object is not there."""
    return JSONResponse({"errors": [lookup_error(resource, value)]})


def caller_of(request: Request) -> str:
    """The access token a request shows, without looking whether it signed anything."""
    return signature.parameters(request).get("oauth_token", "") or _bearer(request)


async def speaker(ground: Ground, request: Request, *, writes: bool = False) -> Account:
    """Who signed this. Raises `Refused`: 401 for a wrong signature, 403 when the app may only read.

    An app's OAuth 1.0a permission is “read” or “read-write”; an account's `scopes` hold one of these words. A token of
    OAuth 2.0 signs nothing, and has X's own scopes.
    """
    if _bearer(request):
        return _bearer_of(ground, request, writes=writes)
    account = ground.store.account_with_token("x", caller_of(request))
    origins = ground.options.trusted_origins
    if account is None or not await signature.verify(request, account, origins, ground.clock_of("x")):
        raise Refused(problem(401, "Unauthorized"))
    if writes and account.scopes is not None and "read-write" not in account.scopes:
        words = "Your client app is not configured with the appropriate oauth1 app permissions for this endpoint."
        raise Refused(problem(403, words))
    return account


def _bearer(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _bearer_of(ground: Ground, request: Request, *, writes: bool) -> Account:
    """Scopes: https://docs.x.com/fundamentals/authentication/guides/v2-authentication-mapping ."""
    account = ground.store.account_granted("x", _bearer(request), ground.now())
    if account is None:
        raise Refused(problem(401, "Unauthorized"))
    if request.url.path.startswith("/2/media"):
        needed = ["media.write"]
    else:
        needed = ["tweet.read", "users.read", *(["tweet.write"] if writes else [])]
    if not set(needed) <= set(account.scopes or ()):
        raise Refused(problem(403, f"Your token lacks one of the scopes {', '.join(needed)}."))
    return account


def fields(request: Request, *names: str) -> set[str]:
    """What a list parameter asks for, under any of its names (`tweet.fields`, `post.fields`)."""
    given = (request.query_params.get(name, "") for name in names)
    return {value for text in given for value in text.split(",") if value}


def refuse_unknown_query(request: Request, known: frozenset[str]) -> None:
    """X takes no query parameter that it does not know."""
    for name, value in request.query_params.multi_items():
        if name not in known:
            names = ",".join(sorted(known))
            raise invalid(f"The query parameter [{name}] is not one of [{names}]", {name: [value]})


def media_key(picture: StoredPicture) -> str:
    """X's name for a picture in a post: kind 3 is a photo, 7 a video, 16 a moving GIF."""
    kind = 7 if picture.type.startswith("video/") else 16 if picture.moves else 3
    return f"{kind}_{picture.id}"


def moment(at: float) -> str:
    """Unix seconds as X writes times."""
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
