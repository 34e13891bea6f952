"""The channels side by side, each in a thread of its own, and what the whole run amounts to.

Threads, because the two libraries under X and Mastodon wait on sockets without asyncio.
"""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from threading import Event
from typing import Protocol

from kanal.exits import Exit
from kanal.model import Channel, DeliveryKey, Outcome
from kanal.publish.conditions import Result
from kanal.publish.planning import Step

_DONE = frozenset({Outcome.PUBLISHED, Outcome.RETRACTED, Outcome.CORRECTED, Outcome.HANDED_OVER, Outcome.CANCELLED})


class Lane(Protocol):
    """One channel, and who carries its steps out."""

    channel: Channel

    def run(self, steps: Iterable[Step]) -> list[Result]:
        """Every step's result, in the order of doing."""
        ...


def run(
    outlets: Sequence[Lane], steps: Sequence[Step], stop: Event, on_interrupt: Callable[[], None] = lambda: None
) -> list[Result]:
    """Carry the steps out, those of one channel in order; the results stand in the order of `steps`.

    On Ctrl-C `on_interrupt` is called, the deliveries under way are finished and written down, nothing new begins, and
    the results so far come back; a second Ctrl-C raises `KeyboardInterrupt` and leaves open claims for the next run.
    """
    results: dict[DeliveryKey, Result] = {}
    todo = {
        outlet: [s for s in steps if s.outcome is None and s.key.channel == outlet.channel.name] for outlet in outlets
    }
    pool = ThreadPoolExecutor(max_workers=max(len(outlets), 1), thread_name_prefix="kanal")
    futures = [pool.submit(outlet.run, own) for outlet, own in todo.items() if own]
    try:
        wait(futures)
    except KeyboardInterrupt:
        stop.set()
        on_interrupt()
        wait(futures)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    for future in futures:
        results |= {result.step.key: result for result in future.result()}
    return [_decided(step, step.outcome) if step.outcome else results[step.key] for step in steps]


def _decided(step: Step, outcome: Outcome) -> Result:
    due = step.failed or outcome is Outcome.UNCERTAIN
    return Result(step, outcome, step.reason, due=due, since=step.since)


def exit_code(results: Iterable[Result]) -> Exit:
    """What a run's results mean for whoever called kanal."""
    counted = [result for result in results if result.due]
    due = [Outcome.HELD if _was_to_be_replaced(result) else result.outcome for result in counted]
    if Outcome.UNCERTAIN in due:
        return Exit.UNCERTAIN
    if not {Outcome.REJECTED, Outcome.DEFERRED, Outcome.HELD}.isdisjoint(due):
        return Exit.NONE if _DONE.isdisjoint(due) else Exit.SOME
    return Exit.DONE


def _was_to_be_replaced(result: Result) -> bool:
    """Whether it lies with the network as before, although somebody asked for something else."""
    return result.outcome is Outcome.HANDED_OVER and result.step.failed and result.step.outcome is Outcome.HANDED_OVER
