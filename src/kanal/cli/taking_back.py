"""`kanal publish --on-broken-thread retract`: a thread of which a part was refused is taken back whole."""

from enum import StrEnum

from kanal.cli.desk import Desk
from kanal.cli.errands import Errand, carry_out
from kanal.cli.networks import Ledgers
from kanal.cli.sending import Job
from kanal.message import msg
from kanal.model import DeliveryKey
from kanal.publish.broken_threads import broken_threads
from kanal.publish.conditions import Result, Watch
from kanal.publish.retracting import Retracting
from kanal.publish.taken_down import retractions
from kanal.publish.word import Word


class OnBrokenThread(StrEnum):
    """What becomes of a thread that broke off."""

    RESUME = "resume"
    RETRACT = "retract"


def take_back(results: list[Result], job: Job, ledgers: Ledgers, desk: Desk, watch: Watch, name: str) -> list[Result]:
    """The results, with those of the parts that were taken back in the place of theirs. `name` answers for it."""
    taken: dict[DeliveryKey, Result] = {}
    for key, reason in broken_threads(results).items():
        why = desk.say(msg("The thread broke off: {reason}", reason=reason or ""))
        channels = {key.channel: job.channels[key.channel]}
        errand = Errand(job.project, channels, ledgers, Word(name, why), job.sandbox)
        steps = retractions(key.draft, errand.states())
        taken |= {result.step.key: result for result in carry_out(errand, steps, desk, watch, Retracting)}
    return [taken.get(result.step.key, result) for result in results]
