"""`python -m kanal` and the command `kanal`.

`--version` is answered before anything is imported: scripts ask for it often, and it needs nothing. `kanal lint` with
files or without is what commit hooks call: it goes without the library for command lines, which takes as long as the
rest.
"""

import gc
import sys

from kanal import __version__

OBJECTS_BEFORE_COLLECTING = 100_000
"""Python's default of 700 looks through all modules a dozen times while they are imported, and finds nothing."""


def main() -> None:
    """Run the command line and exit with its code."""
    try:
        code = _run()
    except KeyboardInterrupt:  # while commands are imported, or a second one amid the answer to the first
        from kanal.cli.stopping import say_stopped

        code = say_stopped()
    gc.freeze()  # else Python looks through everything once more before it ends, for what nobody needs to know
    if code:
        from kanal.cli.stopping import leave

        leave(code)


def _run() -> int:
    gc.set_threshold(OBJECTS_BEFORE_COLLECTING)
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"kanal {__version__}\n")
        return 0
    command, *names = sys.argv[1:] or [""]
    if command == "lint" and not any(name.startswith("-") for name in names):
        from kanal.cli.linting import hook

        return hook(names)
    from kanal.cli.main import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    main()
