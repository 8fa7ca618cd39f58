"""``python -m assistant`` and the ``ziping`` command."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line; imports nothing heavy for ``--version``."""
    from assistant.cli.main import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
