"""Replies stand beneath what they answer: a list of posts becomes a list of threads.

This module must not know how a post looks.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from kanal.sandbox.records import StoredPost

Key = tuple[str, str]


class Thread(NamedTuple):
    """A post that answers none of those it is shown with, and all that hangs on it, each before its own replies."""

    head: StoredPost
    replies: tuple[StoredPost, ...]


def threads(posts: Sequence[StoredPost]) -> list[Thread]:
    """The threads among `posts`, in the order of their heads; replies to one post in the order of their making."""
    there = {(post.platform, post.id) for post in posts}
    children: dict[Key, list[StoredPost]] = {}
    heads = []
    for post in posts:
        parent = (post.platform, post.reply_to or "")
        if parent in there:
            children.setdefault(parent, []).append(post)
        else:
            heads.append(post)
    return [Thread(head, tuple(_beneath(head, children))) for head in heads]


def thread_from(head: StoredPost, posts: Sequence[StoredPost]) -> Thread:
    """`head` and what hangs on it, from the `posts` of its network."""
    others = [post for post in posts if post.id not in (head.id, head.reply_to)]
    return next(thread for thread in threads([head, *others]) if thread.head == head)


def _beneath(head: StoredPost, children: Mapping[Key, Sequence[StoredPost]]) -> Iterator[StoredPost]:
    waiting = [head]
    while waiting:
        post = waiting.pop()
        if post is not head:
            yield post
        answers = children.get((post.platform, post.id), ())
        waiting += sorted(answers, key=lambda answer: answer.number, reverse=True)
