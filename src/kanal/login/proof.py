"""What ties the answer of a browser to the login that asked for it: PKCE (RFC 7636) and `state` (RFC 6749 §10.12)."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from hmac import compare_digest
from secrets import token_urlsafe
from typing import NamedTuple

from kanal.model import Secret


class Proof(NamedTuple):
    """Made anew for each login, and never kept."""

    state: Secret
    verifier: Secret

    @classmethod
    def new(cls) -> "Proof":
        """256 bits for each; 43 characters are the least that RFC 7636 §4.1 takes for a verifier."""
        return cls(Secret(token_urlsafe(32)), Secret(token_urlsafe(32)))

    @property
    def challenge(self) -> str:
        """`code_challenge` for `code_challenge_method=S256` (RFC 7636 §4.2)."""
        digest = sha256(self.verifier.reveal().encode("ascii")).digest()
        return urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")

    def is_answered_by(self, state: str) -> bool:
        """Whether `state` came back as it was sent."""
        return compare_digest(self.state.reveal().encode(), state.encode())
