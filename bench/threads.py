"""A thread of 10 parts with a picture each on two networks, 100 ms per request: is anything waited for in between."""

import json
from pathlib import Path

from channels import LATENCY, PER_POST, PUBLISH, slow_networks
from measure import once, peak
from office import make_office

PARTS = 10
NETWORKS = ("mastodon", "x")
MEDIUM = "media: [{file: media/bild.jpg, alt: Eine Straße zwischen Bäumen, credit: Landkreis, licence: CC BY 4.0}]"


def thread_of_ten(folder: Path) -> str:
    """The report's section."""
    make_office(folder, 0)
    draft = folder / "posts" / "faden.yaml"
    draft.write_text(_draft("faden"), encoding="utf-8")
    with slow_networks(folder) as practice:
        done = once(PUBLISH, folder)
        counts = practice.request_counts()
        posts = {network: practice.posts(network) for network in NETWORKS}
        draft.write_text(_draft("nochmal"), encoding="utf-8")
        memory = peak(PUBLISH, folder)
    assert json.loads(done.output)["summary"]["published"] == PARTS * len(NETWORKS)
    for sent in posts.values():
        assert [post.reply_to for post in sent] == [None, *(post.id for post in sent[: PARTS - 1])]
    slowest = max(counts[network] for network in NETWORKS)
    needed = ", ".join(f"{network} {counts[network]} ({PER_POST[network] * PARTS})" for network in NETWORKS)
    return f"""
## A thread of {PARTS} parts with pictures, on {len(NETWORKS)} networks

`python bench/run.py thread_of_ten`: each part has a picture with alternative text, each request takes
{LATENCY * 1000:.0f} ms. Each part stands beneath the one before it on both networks.

Requests (needed): {needed}. Wall time of the whole command: **{done.seconds:.1f} s**; the slower network's own chain of
{slowest} requests is {slowest * LATENCY:.1f} s. Peak memory of `publish`: {memory:.0f} MiB.
"""


def _draft(name: str) -> str:
    parts = [f"  - text: Teil {number} zu {name}.\n    {MEDIUM}" for number in range(2, PARTS + 1)]
    first = f"id: {name}\nchannels: [{', '.join(NETWORKS)}]\ntext: Teil 1 zu {name}.\n{MEDIUM}"
    return "\n".join([first, "thread:", *parts, ""])
