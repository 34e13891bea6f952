"""`python -m kanal` and the command `kanal`.

`--version` is answered before anything is imported: scripts ask for it often, and it needs nothing. `kanal lint FILE …`
is what commit hooks call: it goes without the library for command lines, which would take as long as the rest.
"""

import sys

from kanal import __version__


def main() -> None:
    """Run the command line and exit with its code."""
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"kanal {__version__}\n")
        return
    command, *names = sys.argv[1:] or [""]
    if command == "lint" and names and not any(name.startswith("-") for name in names):
        from kanal.cli.linting import hook

        sys.exit(hook(names))
    from kanal.cli.main import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
