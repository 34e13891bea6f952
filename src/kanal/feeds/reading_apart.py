"""Reads a feed in a process of its own, which is ended when it takes too long.

Markup can be made so that readers of HTML and XML need hours for a few megabytes; no list of tricks is ever complete,
and a thread cannot be stopped. It must not know how a feed is read.
"""

import signal
from multiprocessing import get_context
from multiprocessing.connection import Connection

from kanal.feeds.entry import Feed
from kanal.feeds.fetching import FeedRefused, Fetched
from kanal.feeds.reading import read_feed
from kanal.message import msg

SECONDS = 30.0
"""For a few hundred press releases a tenth of a second is enough."""


def read_apart(fetched: Fetched, seconds: float = SECONDS) -> Feed:
    """As `read_feed`, within `seconds`. Raises `FeedRefused`."""
    context = get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_read, args=(fetched, there), daemon=True)
    process.start()
    there.close()
    try:
        if not here.poll(seconds):
            raise FeedRefused(
                msg("This feed is made so that reading it does not end. Nothing was imported."),
                msg("Tell whoever runs the website."),
            )
        answer: Feed | FeedRefused = here.recv()
    except EOFError as error:  # killed, such as for the memory it took
        raise _stumbled(type(error).__name__) from error
    finally:
        process.kill()
        process.join()
        here.close()
    if isinstance(answer, FeedRefused):
        raise answer
    return answer


def _read(fetched: Fetched, to: Connection) -> None:
    """Runs in the other process. Ctrl-C is for the one that waits."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        to.send(read_feed(fetched))
    except FeedRefused as refused:
        to.send(refused)
    except Exception as error:  # noqa: BLE001 - what a hostile feed makes a reader raise, nobody knows beforehand
        to.send(_stumbled(type(error).__name__))


def _stumbled(name: str) -> FeedRefused:
    return FeedRefused(
        msg("This feed cannot be read ({reason}). Nothing was imported.", reason=name),
        msg("Save it as a file, and attach it to a report of this fault."),
    )
