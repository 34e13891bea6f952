"""A dead man's switch: a web address that is called after each run that went well, and raises an alarm when it is not.

The service behind it notices what no run can tell about itself: that it does not run any more. The address may be a
secret, so it appears in no message.
"""

from kanal.cli.desk import Desk
from kanal.config import Project
from kanal.message import Message, msg

VARIABLE = "KANAL_PING"
SECONDS = 10.0


def ping(project: Project, desk: Desk) -> None:
    """Call the address that `KANAL_PING` or `schedule.ping` names, if any; a failure is told, and changes nothing."""
    address = desk.environ.get(VARIABLE) or project.office.schedule.get("ping")
    if address:
        failed = _call(address)
        if failed:
            desk.note(msg("All went well, but the watchdog could not be told: {reason}", reason=failed))


def _call(address: str) -> Message | None:
    """What went wrong, if anything."""
    import httpx

    from kanal.transport import Redirected
    from kanal.transport.with_httpx import open_client

    if not address.startswith(("https://", "http://")):
        return msg("{variable} is no web address.", variable=VARIABLE)
    try:
        with open_client(address) as client:
            answer = client.get(address, timeout=SECONDS)
    except Redirected:
        return msg("its address points elsewhere.")
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        return msg("no connection ({kind}).", kind=type(error).__name__)
    return None if answer.is_success else msg("it answered with {status}.", status=answer.status_code)
