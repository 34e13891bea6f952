"""The part of OAuth 2.0 that a person takes part in: from the network's page back to us with a code (RFC 6749 §4.1).

Two ways back: the browser is sent to a port of this machine, or the person copies what it shows. This module must not
know any network.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

from kanal.errors import LoginRefused
from kanal.login import Field, Talk
from kanal.login.proof import Proof
from kanal.login.redirect import PATH, code_in, listening
from kanal.message import msg
from kanal.model import Secret

OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"
"""The network shows the code, and the person copies it."""


class Authorized(NamedTuple):
    """What the token is asked for with."""

    code: Secret
    redirect_uri: str
    verifier: Secret


Ask = Callable[[str], tuple[str, Mapping[str, str]]]
"""From the `redirect_uri`, the address of the network's page and the query for it; state and PKCE are added."""


FIXED_PORT = 8790
"""For networks whose apps must say beforehand where the browser comes back to."""


def callback(port: int) -> str:
    """The address at which we wait, or pretend to."""
    return f"http://127.0.0.1:{port}{PATH}"


def authorize(talk: Talk, ask: Ask, *, out_of_band: bool, port: int = 0) -> Authorized:
    """Let the person agree on the network's page, and come back to `port` (0: any). Raises `LoginRefused`.

    Without a browser on this machine, the code is copied, if the network shows it (`out_of_band`); else the address
    at which the browser found nobody.
    """
    proof = Proof.new()
    if talk.redirects:
        with listening(port, talk.page) as redirect:
            talk.visit(_address(ask, redirect.address, proof))
            return Authorized(redirect.code(proof), redirect.address, proof.verifier)
    if out_of_band:
        talk.visit(_address(ask, OUT_OF_BAND, proof))
        code = talk.ask(Field("code", msg("The code that the page shows")))
        return Authorized(code, OUT_OF_BAND, proof.verifier)
    back = callback(port)
    talk.visit(_address(ask, back, proof))
    talk.tell(
        msg(
            "Afterwards the browser shows an error, since nobody is at {address}. That is expected: copy the whole"
            " address out of its address bar.",
            address=back,
        )
    )
    shown = talk.ask(Field("address", msg("That address"))).reveal()
    if not shown.startswith(back):
        raise LoginRefused(msg("That is not the address that the browser was sent to ({address}…).", address=back))
    return Authorized(code_in(urlsplit(shown).query, proof), back, proof.verifier)


def _address(ask: Ask, redirect_uri: str, proof: Proof) -> str:
    page, query = ask(redirect_uri)
    proofs = {"state": proof.state.reveal(), "code_challenge": proof.challenge, "code_challenge_method": "S256"}
    return f"{page}?{urlencode({'response_type': 'code', 'redirect_uri': redirect_uri, **query, **proofs})}"
