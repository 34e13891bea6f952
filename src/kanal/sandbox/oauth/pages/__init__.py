"""The pages on which somebody agrees, as HTML files to be filled."""

from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING

from kanal.sandbox.records import Account

if TYPE_CHECKING:
    from kanal.sandbox.oauth import Gate

NAMES = {"mastodon": "Mastodon", "x": "X"}


def question(gate: "Gate", asked: Mapping[str, str], accounts: Sequence[Account], app: str) -> str:
    """Whether the app may act for an account; `asked` goes along with the answer."""
    hidden = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">\n' for name, value in asked.items()
    )
    options = "".join(f"<option>{escape(account.account)}</option>\n" for account in accounts)
    scopes = "".join(f"<li>{escape(scope)}</li>\n" for scope in asked.get("scope", "").split())
    return _fill(
        "question",
        network=NAMES[gate.platform],
        app=escape(app),
        path=gate.path,
        hidden=hidden,
        options=options,
        scopes=scopes,
    )


def code(value: str) -> str:
    """The code, for somebody to copy."""
    return _fill("code", code=escape(value))


def refused(words: str) -> str:
    """Why nobody is asked, or that somebody said no."""
    return _fill("refused", words=escape(words))


def _fill(name: str, **values: str) -> str:
    return _template("layout").substitute(body=_template(name).substitute(values))


@cache
def _template(name: str) -> Template:
    return Template(files(__name__).joinpath(f"{name}.html").read_text(encoding="utf-8"))
