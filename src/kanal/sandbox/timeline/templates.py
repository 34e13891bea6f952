"""The timeline's HTML files, read once and filled. Values must be escaped by whoever fills them in."""

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from string import Template


def listed(kind: str, items: Sequence[str]) -> str:
    """A list of ready pieces of HTML; `kind` is its class."""
    return fill("list", kind=kind, items="".join(f"<li>{item}</li>" for item in items))


def fill(template: str, /, **values: str) -> str:
    """A file of `pages/`, or a piece of `pieces.html`, with its places filled."""
    return _template(template).substitute(values)


@cache
def _template(name: str) -> Template:
    found = re.search(rf'<template id="{name}">\n?(.*?)</template>', file("pieces.html"), re.DOTALL)
    return Template(found[1] if found else file(f"{name}.html"))


@cache
def file(name: str) -> str:
    """A file of `pages/` as text."""
    return files("kanal.sandbox.timeline").joinpath("pages", name).read_text(encoding="utf-8")
