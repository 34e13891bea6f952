"""Errors in the Graph API's shape (https://developers.facebook.com/docs/graph-api/guides/error-handling)."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import uuid4

from starlette.responses import JSONResponse, Response

from kanal.sandbox import FaultKind
from kanal.sandbox.refusal import Refused


@dataclass(frozen=True, slots=True)
class GraphError:
    """Code and subcode are what programs look at, and `data`; `title` and `user_words` what people are shown."""

    status: int
    code: int
    words: str
    subcode: int | None = None
    transient: bool = False
    title: str | None = None
    user_words: str | None = None
    data: Mapping[str, str] | None = None

    def response(self) -> Response:
        """The answer that says this."""
        fields = {
            "message": self.words,
            "type": "OAuthException",
            "code": self.code,
            "error_subcode": self.subcode,
            "is_transient": self.transient,
            "error_user_title": self.title,
            "error_user_msg": self.user_words,
            "error_data": self.data,
            "fbtrace_id": uuid4().hex[:16],
        }
        body = {name: value for name, value in fields.items() if value is not None}
        headers = {"WWW-Authenticate": f'OAuth "Facebook Platform" "invalid_token" "{self.words}"'}
        return JSONResponse({"error": body}, self.status, headers if self.code == 190 else None)  # noqa: PLR2004 - Meta's code for tokens

    def refusal(self) -> Refused:
        """The same as an exception, for handlers to raise."""
        return Refused(self.response())


EXPIRED = GraphError(401, 190, "Error validating access token: Session has expired.", 463)
FAILURES = {
    FaultKind.EXPIRED: EXPIRED,
    FaultKind.ERROR_BEFORE: GraphError(503, 2, "Service temporarily unavailable", transient=True),
    FaultKind.ERROR_AFTER: GraphError(500, 1, "An unknown error has occurred."),
}


def refused_by_starlette(status: int, detail: str) -> Response:
    """Unknown paths and methods, and bodies that cannot be read."""
    if status in (404, 405):
        return GraphError(400, 2500, "Unknown path components").response()
    return GraphError(400, 100, f"(#100) {detail}").response()


def missing(kind: str, node: str) -> Refused:
    """Code 100/33: the Graph API does not tell a missing object from a forbidden one."""
    words = (
        f"Unsupported {kind} request. Object with ID '{node}' does not exist, cannot be loaded due to missing "
        "permissions, or does not support this operation."
    )
    return GraphError(400, 100, words, 33).refusal()
