"""One question: does this exchange keep to the network's published specification?"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from kanal.sandbox import Exchange

from . import tolerated
from .meta import MetaSpecs
from .openapi import Dialect, OpenApi

Naming = Literal["post", "tweet"]

X_FILES: Mapping[Naming, tuple[str, Dialect]] = {
    "post": ("openapi.json", tolerated.X),
    "tweet": ("openapi-2.159-legacy-tweet-names.json", tolerated.X_LEGACY),
}
PAGES = frozenset({"/oauth/authorize", "/i/oauth2/authorize"})
"""On which people agree: HTML, and a form that is the network's own business."""
UNSPECIFIED = frozenset({"/2/oauth2/token", "/2/oauth2/revoke"})
"""X documents these beside its specification, which has no OAuth 2.0 paths; tests/login and RFC 6749 hold for them."""
ROOT = Path(__file__).resolve().parents[2]


def specs_folder() -> Path | None:
    """The folder of published specifications, or None: they are not ours to distribute."""
    shared = Path(os.environ.get("KANAL_SHARED") or ROOT.parent / "shared")
    folder = shared / "specs"
    return folder if folder.is_dir() else None


@dataclass(frozen=True)
class Specs:
    """The specifications in `folder`, each read when it is first needed. `x_naming`: which of X's two files holds."""

    folder: Path
    x_naming: Naming = "post"

    @cached_property
    def mastodon(self) -> OpenApi:
        return OpenApi.load(self.folder / "mastodon" / "mastodon-openapi.schema.json", tolerated.MASTODON)

    @cached_property
    def x(self) -> OpenApi:
        file, dialect = X_FILES[self.x_naming]
        return OpenApi.load(self.folder / "x" / file, dialect)

    @cached_property
    def meta(self) -> MetaSpecs:
        return MetaSpecs(self.folder / "meta" / "facebook-business-sdk-codegen", tolerated.META)


def check(exchange: Exchange, specs: Specs) -> list[str]:
    """Every violation in words; of a faulted exchange only the request counts, its answer is wrong on purpose."""
    if exchange.path in PAGES or exchange.path in UNSPECIFIED:
        return []
    validator = {"mastodon": "mastodon", "x": "x", "facebook": "meta", "instagram": "meta"}.get(exchange.platform)
    if validator is None:
        return [f"there is no specification for “{exchange.platform}”"]
    return list(_violations(getattr(specs, validator), exchange))


def _violations(spec: OpenApi | MetaSpecs, exchange: Exchange) -> Iterator[str]:
    yield from spec.request_violations(exchange)
    if exchange.fault is None:
        yield from spec.answer_violations(exchange)
