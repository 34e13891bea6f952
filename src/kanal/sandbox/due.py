"""Posts whose time has come go out. Nothing ticks: every request looks first, so nobody can see the difference.

This module must not know any single network.
"""

from collections.abc import Callable
from dataclasses import replace

from kanal.sandbox.dialect import Ground


def let_out(ground: Ground, platform: str, id_when_out: Callable[[str, int], str]) -> None:
    """Publish the network's posts that have waited long enough, in the order of their times."""
    for waiting in ground.store.waiting.due(platform, ground.now()):
        number = ground.store.number(waiting.at)
        post = replace(waiting, number=number, id=id_when_out(waiting.id, number))
        with ground.store.together():
            ground.store.waiting.remove(waiting)
            ground.store.save_post(post)
            ground.store.hand_over(platform, waiting.id, post.id)
