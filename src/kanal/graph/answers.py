"""Meta's answers read strictly, and every refusal turned into the one error that says what is known about the world.

This module must not know the network's paths, nor send anything. Tokens are removed from the network's words here, as
Meta quotes a malformed token in its message.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kanal.errors import DeliveryError, Rejected, Unavailable, Uncertain
from kanal.graph.subcodes import SUBCODES
from kanal.graph.verdicts import CODES, DUPLICATE, OBJECT_MISSING, STUMBLED, TOKEN_SUBCODES, UNKNOWN, Kind, Verdict
from kanal.message import msg
from kanal.transport.failures import quoted

Answer = Mapping[str, Any]

_TOKENS = re.compile(r"\b(?:EAA|IG[A-Z]{2})[A-Za-z0-9_-]{16,}|access_token=[^&\s\"]+")
"""Meta's tokens begin with EAA (Facebook Login) or IGAA, IGQV … (Instagram Login)."""

SEARCH_FIRST = msg("The next run looks for the post on the account first; it is not sent again before that.")


@dataclass(frozen=True, slots=True)
class Trouble:
    """An answer that is no success. `code` is None when the answer is not one of Meta's error objects.

    `place` is where an upload has to go on (from, to, in bytes), if Meta says that it was another place; `upload` tells
    that the host which takes bytes did not take these.
    """

    status: int
    code: int | None = None
    subcode: int | None = None
    transient: bool = False
    words: str = ""
    place: tuple[int, int] | None = None
    upload: bool = False


class Misplaced(Unavailable):
    """A piece of a file that Meta does not want next; it wants the bytes from `start` to `end`."""

    def __init__(self, start: int, end: int, words: str) -> None:
        super().__init__(msg("The network wants another piece of the video."), words=words)
        self.start = start
        self.end = end


class Missing(Unavailable):
    """Code 100 with subcode 33: there is no such object, or the token may not see it."""


def is_everywhere(error: DeliveryError) -> bool:
    """Whether the trouble is the whole channel's, and not that something which was there is gone."""
    return isinstance(error, Unavailable) and error.channel_wide and not isinstance(error, Missing)


def read_answer(status: int, body: bytes, token: str) -> Answer | Trouble:
    """The JSON object of a success, or what is wrong with the answer."""
    try:
        decoded = json.loads(body)
    except ValueError:
        return Trouble(status)
    if not isinstance(decoded, dict):
        return Trouble(status)
    error = decoded.get("error")
    if isinstance(error, dict):
        return Trouble(
            status,
            _whole_number(error.get("code")),
            _whole_number(error.get("error_subcode")),
            transient=error.get("is_transient") is True,
            words=clean_words(str(error.get("error_user_msg") or error.get("message") or ""), token),
            place=_place(error.get("error_data")),
        )
    debug = decoded.get("debug_info")
    if isinstance(debug, dict):
        return Trouble(status, words=clean_words(str(debug.get("message") or ""), token), upload=True)
    return decoded if 200 <= status < 300 else Trouble(status)  # noqa: PLR2004 - RFC 9110 §15.3


def unwrapped(status: int, body: bytes) -> tuple[int, bytes]:
    """Status and body of the only answer in a batch's; what is none of a batch stays as it is.

    https://developers.facebook.com/docs/graph-api/making-multiple-requests
    """
    try:
        [inner] = json.loads(body)
        return int(inner["code"]), str(inner["body"]).encode()
    except (ValueError, TypeError, KeyError):
        return status, body


def translate(trouble: Trouble, *, publishing: bool, now: datetime, retry_at: datetime | None = None) -> DeliveryError:
    """The error to raise. `retry_at` is when the network frees the account again, as its headers told."""
    if publishing and _may_have_published(trouble):
        return Uncertain(
            msg("The network answered the publishing request with an error that leaves open whether it published."),
            SEARCH_FIRST,
            words=trouble.words,
        )
    if trouble.place:
        return Misplaced(*trouble.place, trouble.words)
    if trouble.upload:
        return Unavailable(msg("The network did not take all of the upload."), words=trouble.words)
    if trouble.code is None:
        return _unreadable(trouble, retry_at)
    verdict = _verdict(trouble)
    return verdict_error(verdict, trouble.words, now=now, retry_at=retry_at, channel_wide=trouble.status >= 500)  # noqa: PLR2004 - RFC 9110 §15.6


def verdict_error(
    verdict: Verdict,
    words: str,
    *,
    now: datetime,
    retry_at: datetime | None = None,
    channel_wide: bool = False,
) -> DeliveryError:
    """The error for a verdict on something that has certainly published nothing."""
    if verdict.kind is Kind.CONTENT:
        return Rejected(verdict.message, verdict.advice, words=words, duplicate=verdict is CODES[DUPLICATE])
    when = now + verdict.wait if verdict.wait else retry_at
    error = Missing if verdict is OBJECT_MISSING else Unavailable
    return error(
        verdict.message,
        verdict.advice,
        words=words,
        retry_at=when,
        channel_wide=channel_wide or verdict.kind in (Kind.LIMIT, Kind.PERSON),
        needs_person=verdict.kind in (Kind.PERSON, Kind.PART_PERSON),
    )


def clean_words(words: str, token: str) -> str:
    """The network's words without tokens and line breaks, shortened."""
    return quoted(_TOKENS.sub("***", words.replace(token, "***")))


def _may_have_published(trouble: Trouble) -> bool:
    """5xx and a success that cannot be read leave it open, whatever they say; so does a temporary error of Meta's."""
    if trouble.status >= 500:  # noqa: PLR2004 - RFC 9110 §15.6
        return True
    if trouble.status < 300 and not _is_known(trouble):  # noqa: PLR2004 - RFC 9110 §15.3
        return True
    if trouble.code is None:
        return False
    return _verdict(trouble).kind is Kind.UNCLEAR


def _verdict(trouble: Trouble) -> Verdict:
    """What the numbers mean.

    Subcodes are more precise than codes: code 4 is a rate limit, 4 with 2207051 a suspicion of spam. Known codes come
    before `is_transient`, since Meta sets it on rate limits too (facebook/facebook-nodejs-business-sdk#97).
    """
    code, subcode = trouble.code, trouble.subcode
    if code == 190 and subcode in TOKEN_SUBCODES:  # noqa: PLR2004 - Meta's code for tokens
        return TOKEN_SUBCODES[subcode]
    if (code, subcode) == (100, 33):
        return OBJECT_MISSING
    if subcode in SUBCODES:
        return SUBCODES[subcode]
    if code in CODES:
        return CODES[code]
    return STUMBLED if trouble.transient else UNKNOWN


def _is_known(trouble: Trouble) -> bool:
    return trouble.code in CODES or trouble.subcode in SUBCODES


def _unreadable(trouble: Trouble, retry_at: datetime | None) -> Unavailable:
    """An answer that Meta's API does not give: from a proxy, a maintenance page, a wrong address."""
    if trouble.status == 429:  # noqa: PLR2004 - RFC 6585 §4
        return Unavailable(
            msg("The network takes no more requests from this account for now."), retry_at=retry_at, channel_wide=True
        )
    return Unavailable(
        msg("The network's answer (HTTP {status}) is not one that its API gives.", status=trouble.status),
        msg(
            "If it lasts, check the channel's “urls” in config/channels.yaml, and whether a proxy or filter of your "
            "office answers in the network's place."
        ),
        retry_at=retry_at,
        channel_wide=True,
    )


def _place(data: object) -> tuple[int, int] | None:
    """`start_offset` and `end_offset`, which come as an object, or as JSON within a text."""
    if isinstance(data, str):
        try:
            data = json.loads(data)
        except ValueError:
            return None
    if not isinstance(data, dict):
        return None
    start, end = _whole_number(data.get("start_offset")), _whole_number(data.get("end_offset"))
    return (start, end) if start is not None and end is not None and start <= end else None


def _whole_number(value: object) -> int | None:
    """Meta writes numbers; some gateways in front of it write them as text."""
    if isinstance(value, str) and re.fullmatch(r"-?\d{1,15}", value):
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
