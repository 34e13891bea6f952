"""Whose token it is, for a page and for an Instagram account.

docs/networks.md#authentication says which permissions are the least; the others named here are those that answering
citizens and reading figures take.
"""

from kanal.errors import Unavailable
from kanal.graph import Answer, Graph, Look
from kanal.graph.answers import Missing
from kanal.graph.tokens import TokenFacts, facts_of
from kanal.message import msg
from kanal.transport.clocks import ahead
from kanal.verification import Allowance, Scopes, Verification

VERSION = "facebook-api-version"
_PUBLIC = frozenset({"public_profile"})
"""Every token has it."""
PAGE_SCOPES = Scopes(
    needed=(("pages_manage_posts",), ("pages_read_engagement",), ("pages_show_list",)),
    harmless=_PUBLIC | {"pages_manage_engagement", "pages_read_user_content", "read_insights"},
)
ACCOUNT_SCOPES = Scopes(
    needed=(("instagram_content_publish",), ("instagram_basic",), ("pages_show_list",), ("pages_read_engagement",)),
    useful={"instagram_manage_contents": msg("to take posts down (kanal retract)")},
    harmless=_PUBLIC | {"instagram_manage_comments", "instagram_manage_insights", "business_management"},
)


def verify_page(graph: Graph, page: str) -> Verification:
    """GET /me, which for a page's token is the page; then what the token may do. Raises `Unavailable`."""
    looked = graph.look("/me", {"fields": "id,name"})
    found = str(looked.answer.get("id", ""))
    is_right = found == page
    facts = facts_of(graph, page, "pages_") if is_right else TokenFacts()
    return _verification(graph, looked, facts)._replace(
        account=found or None, name=str(looked.answer.get("name") or found), is_right=is_right, wanted=PAGE_SCOPES
    )


def verify_account(graph: Graph, account: str) -> Verification:
    """GET the account, which only a token that may see it finds; then what the token may do. Raises `Unavailable`."""
    try:
        looked = graph.look(f"/{account}", {"fields": "id,username"})
    except Missing:
        return _another(graph)
    username = str(looked.answer.get("username") or "")
    facts = facts_of(graph, account, "instagram_")
    return _verification(graph, looked, facts)._replace(
        account=str(looked.answer.get("id")),
        name=username,
        is_right=True,
        wanted=ACCOUNT_SCOPES,
        page=f"https://www.instagram.com/{username}/" if username else None,
        allowance=_allowance(graph, account),
    )


def _verification(graph: Graph, looked: Look, facts: TokenFacts) -> Verification:
    return Verification(
        None,
        "",
        is_right=False,
        wanted=PAGE_SCOPES,
        granted=facts.scopes,
        validity=facts.validity,
        clock_off=ahead(looked.headers, graph.now()),
        version=looked.headers.get(VERSION),
    )


def _another(graph: Graph) -> Verification:
    """The token does not see the account: which page it belongs to, and which account that is linked with."""
    looked = graph.look("/me", {"fields": "id,name,instagram_business_account"})
    linked = looked.answer.get("instagram_business_account")
    found = str(linked.get("id")) if isinstance(linked, dict) else None
    name = str(looked.answer.get("name") or "")
    return _verification(graph, looked, TokenFacts())._replace(account=found, name=name, wanted=ACCOUNT_SCOPES)


def _allowance(graph: Graph, account: str) -> Allowance | None:
    """None where Meta does not tell; the token may lack the permission, which is told elsewhere."""
    try:
        answer = graph.read(f"/{account}/content_publishing_limit", {"fields": "config,quota_usage"})
    except Unavailable as error:
        if error.needs_person:
            return None
        raise
    return _read_allowance(answer)


def _read_allowance(answer: Answer) -> Allowance | None:
    data = answer.get("data")
    first = data[0] if isinstance(data, list) and data else None
    config = first.get("config") if isinstance(first, dict) else None
    used = first.get("quota_usage") if isinstance(first, dict) else None
    total = config.get("quota_total") if isinstance(config, dict) else None
    return Allowance(used, total) if isinstance(used, int) and isinstance(total, int) else None
