"""`python -m kanal` and the command `kanal`.

`--version` is answered before anything is imported: scripts ask for it often, and it needs nothing.
"""

import sys

from kanal import __version__


def main() -> None:
    """Run the command line and exit with its code."""
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"kanal {__version__}\n")
        return
    from kanal.cli.main import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
