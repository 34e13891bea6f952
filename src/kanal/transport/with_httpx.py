"""An httpx client with an office's manners, and the question that decides between "repeat" and "look first".

Imported only by adapters that talk to their network right now: httpx costs about 100 ms.
"""

import httpx

from kanal.transport import ANSWER_SECONDS, CONNECT_SECONDS, Redirected, is_loopback, silence_tokens, trust

# https://www.python-httpx.org/exceptions/ : raised before a byte of the request left this machine.
NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)


def open_client(base_url: str, headers: dict[str, str] | None = None) -> httpx.Client:
    """A client for `base_url`. Redirects raise `Redirected`; loopback goes past the proxy."""
    silence_tokens()
    local = is_loopback(base_url)
    return httpx.Client(
        base_url=base_url,
        headers=headers,
        timeout=httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS, pool=CONNECT_SECONDS),
        trust_env=not local,
        verify=False if local and base_url.startswith("http:") else trust(),
        event_hooks={"response": [_refuse_redirect]},
    )


def was_sent(error: httpx.TransportError) -> bool:
    """Whether the network may have received the request that failed with `error`."""
    return not isinstance(error, NOT_SENT)


def _refuse_redirect(response: httpx.Response) -> None:
    if response.is_redirect:
        raise Redirected(str(response.url.join(response.headers["location"])))
