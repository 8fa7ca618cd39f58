"""Commands of ``ziping`` in one process that notes every host its sockets look up or connect to.

Run as a program: a JSON list of command lines on standard input, the hosts as the last line of standard output.
"""

from __future__ import annotations

import json
import sys

from assistant.cli.main import run

HOSTS: list[str] = []


def note(event: str, values: tuple[object, ...]) -> None:
    """Python's own audit events: they come before the system is asked, whatever library asks."""
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        address = values[1]
        HOSTS.append(str(address[0]) if isinstance(address, tuple) else f"unix {address!s}")
    elif event in {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}:
        HOSTS.append(str(values[0]))


if __name__ == "__main__":
    commands = json.load(sys.stdin)
    sys.addaudithook(note)
    codes = [run(words) for words in commands]
    print(json.dumps({"codes": codes, "hosts": sorted(set(HOSTS))}))
