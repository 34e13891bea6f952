"""Posts whose time has come go out. Nothing ticks: every request looks first, so nobody can see the difference.

This module must not know any single network.
"""

from collections.abc import Callable
from dataclasses import replace

from kanal.sandbox.dialect import Ground
from kanal.sandbox.records import StoredPost


def let_out(ground: Ground, platform: str, id_when_out: Callable[[str, int], str]) -> None:
    """Publish the network's posts that have waited long enough, in the order of their times."""
    for waiting in ground.store.waiting.due(platform, ground.now()):
        number = ground.store.number(waiting.at)
        post = replace(waiting, number=number, id=id_when_out(waiting.id, number))
        with ground.store.together():
            ground.store.waiting.remove(waiting)
            ground.store.save_post(post)
            hand_over(ground, post, post.id)


def hand_over(ground: Ground, post: StoredPost, post_id: str | None) -> None:
    """Let the pictures of `post` belong to the post with this id, or with `None` to none."""
    account = ground.store.account(post.platform, post.account)
    assert account is not None  # accounts are never removed
    uploads = [ground.store.upload(account, picture.id) for picture in post.media]
    ground.store.attach([upload for upload in uploads if upload is not None], post_id)
