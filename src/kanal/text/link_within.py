"""Whether a text says an address already, so that it is not said twice. It must not know networks."""

import re


def stands_in(text: str, link: str) -> bool:
    """Whether the text says the address itself, not a longer one that begins alike."""
    if link.removesuffix("/") not in text:
        return False
    whole = re.escape(link.removesuffix("/")) + r"/?(?![\w/?#&=%+~@:-]|[.,;!]\w)"
    return re.search(whole, text) is not None
