"""What Ctrl-C leaves of a process: one sentence, and its end by the very signal.

A shell that runs kanal in a loop goes on with the next round unless the signal itself has ended kanal
(https://www.cons.org/cracauer/sigint.html). It must import little, since Ctrl-C may come amid the imports of the rest.
"""

import os
import sys
from contextlib import suppress
from typing import NoReturn

from kanal.exits import Exit
from kanal.language import Speech, choose
from kanal.message import msg

STOPPED = msg("Stopped.")


def say_stopped() -> Exit:
    """Say so on stderr, in the language of the surroundings: what the office speaks was not read yet."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever is impatient gets no traceback
    sys.stderr.write(f"{Speech(choose(os.environ, None))(STOPPED)}\n")
    return Exit.STOPPED


def leave(code: int) -> NoReturn:
    """End with `code`; `Exit.STOPPED` as SIGINT ends a process, of which shells make that code."""
    if code == Exit.STOPPED and os.name == "posix":  # Windows has no signals
        import signal

        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError):  # nobody reads it any more
                stream.flush()
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)
    sys.exit(code)
