"""Whoever logs in: knows the answers, and presses the buttons of the practice networks' pages."""

import html
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from threading import Thread
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

import httpx

from kanal.errors import UsageError
from kanal.login import Field
from kanal.message import Message
from kanal.model import Secret
from tests.sandbox.clients import loopback_client


def press(address: str, account: str, button: str = "allow", **changed: str) -> httpx.Response:
    """What the page at `address` answers to the button; `changed` are fields that somebody tampered with."""
    with loopback_client() as browser:
        page = browser.get(address)
        page.raise_for_status()
        fields = {name: html.unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', page.text)}
        action = re.search(r'action="([^"]+)"', page.text)
        assert action
        return browser.post(
            urljoin(address, html.unescape(action[1])),
            data={**fields, "account": account, "decision": button, **changed},
        )


class Person:
    """A `Talk`: answers questions by name, and visits pages as `account`.

    With `redirects`, their browser comes back; else they copy what it shows. `meanwhile` happens between the network's
    page and the way back, `query` replaces parts of what the browser brings.
    """

    page = ("en", "All well.", "Not well.")

    def __init__(
        self,
        account: str,
        answers: Mapping[str, str] | None = None,
        *,
        redirects: bool = True,
        button: str = "allow",
        meanwhile: Callable[[], object] = lambda: None,
        query: Mapping[str, str] | None = None,
        port: int = 0,
    ) -> None:
        self.answers = dict(answers or {})
        self.redirects = redirects
        self.port = port
        self.heard: list[Message] = []
        self.asked: list[Field] = []
        self.visited: list[str] = []
        self.shown: httpx.Response | None = None
        self._account, self._button = account, button
        self._meanwhile, self._query = meanwhile, dict(query or {})
        self._browser: Thread | None = None

    def tell(self, message: Message) -> None:
        self.heard.append(message)

    def ask(self, field: Field) -> Secret:
        self.asked.append(field)
        if field.name not in self.answers:
            if field.optional:
                return Secret("")
            raise UsageError(field.question)
        return Secret(self.answers[field.name])

    def visit(self, address: str) -> None:
        self.visited.append(address)
        if self.redirects:
            self._browser = Thread(target=self._come_back, args=[address], daemon=True)
            self._browser.start()
            return
        answer = press(address, self._account, self._button)
        self._meanwhile()
        if answer.is_redirect:
            self.answers["address"] = self._tampered(answer.headers["location"])
        else:
            code = re.search(r'id="code">([^<]+)', answer.text)
            self.answers["code"] = code[1] if code else "none"

    def close(self) -> None:
        """Wait for the browser."""
        if self._browser:
            self._browser.join(30)

    def _come_back(self, address: str) -> None:
        answer = press(address, self._account, self._button)
        self._meanwhile()
        with loopback_client() as browser:
            self.shown = browser.get(self._tampered(answer.headers["location"]))

    def _tampered(self, address: str) -> str:
        parts = urlsplit(address)
        query = {**dict(parse_qsl(parts.query)), **self._query}
        return parts._replace(query=urlencode({name: value for name, value in query.items() if value})).geturl()


@contextmanager
def person(account: str, answers: Mapping[str, str] | None = None, **more: object) -> Iterator[Person]:
    """As `Person`; their browser has closed when the block ends."""
    made = Person(account, answers, **more)  # type: ignore[arg-type] # handed on
    try:
        yield made
    finally:
        made.close()
