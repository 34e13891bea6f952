"""Where things stand on the timeline page: the networks hand these addresses out, the page serves them.

`address` is the timeline's own, with a slash at the end.
"""

from urllib.parse import quote


def account(address: str, platform: str, account: str) -> str:
    """The page of an account."""
    return f"{address}{platform}/{quote(account, safe='@')}"


def post(address: str, platform: str, account_: str, post_id: str) -> str:
    """The page of a post. X has "status" in its addresses, Facebook "videos"; clients build both by themselves."""
    is_video = platform == "facebook" and "_" not in post_id
    middle = "/status" if platform == "x" else "/videos" if is_video else ""
    return f"{account(address, platform, account_)}{middle}/{quote(post_id)}"


def picture(address: str, sha256: str) -> str:
    """A picture that a network keeps."""
    return f"{address}pictures/{sha256}"
