"""Measure the full-screen browser in a real terminal: its first screen, and from a key to the painted screen.

The first screen is compared, in turn, with an application of Textual that shows one word.
"""

import argparse
import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Mapping, Sequence

SIZE = (40, 120)
QUIET = 0.06
"""How long nothing is painted once a screen is complete, in seconds."""
FRAME = 0.012
"""How long nothing is painted once a frame is complete, in seconds: less than the time between two frames."""
LONGEST = 30.0

EMPTY_APP = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("ready")
Empty().run()
"""
KEYS = {
    "move": ["j"] * 100,
    "day": ["l", "h"] * 50,
    "star": [" "] * 100,
    "search": ["/", *"shuju", *"\x7f" * 5] + [*"qukuai", *"\x7f" * 6] * 8,
}
"""The keys that are pressed for each kind of action."""


class Screen:
    """A program in a terminal.

    Args:
        words: the command line.
        environment: the environment variables.
    """

    def __init__(self, words: Sequence[str], environment: Mapping[str, str]) -> None:
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.execvpe(words[0], list(words), dict(environment))
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", *SIZE, 0, 0))

    def until(self, text: bytes) -> float:
        """Read until ``text`` was painted, and return when, by the monotonic clock."""
        seen = b""
        limit = time.monotonic() + LONGEST
        while text not in seen and time.monotonic() < limit:
            seen += self._read(1.0)
        return time.monotonic()

    def _read(self, longest: float) -> bytes:
        """Return what is painted within some seconds; nothing if the program has ended."""
        if not select.select([self.terminal], [], [], longest)[0]:
            return b""
        try:
            return os.read(self.terminal, 1 << 16)
        except OSError:
            return b""

    def quiet(self, longest: float = LONGEST, pause: float = QUIET) -> float:
        """Read until nothing is painted for ``pause`` seconds; return when the last byte came, 0 for none."""
        last = 0.0
        limit = time.monotonic() + longest
        while time.monotonic() < limit:
            if self._read(pause):
                last = time.monotonic()
            elif last:
                break
        return last

    def press(self, key: str) -> tuple[float, float]:
        """Press a key and return the seconds until the first frame and the whole screen were painted.

        The second includes the details of the session, which follow once the cursor rests. Both are 0 if the
        screen did not change.
        """
        begun = time.monotonic()
        os.write(self.terminal, key.encode())
        first = self.quiet(1.0, FRAME)
        if not first:
            return 0.0, 0.0
        return first - begun, (self.quiet(QUIET * 2) or first) - begun

    def memory(self) -> int:
        """Return the largest amount of memory that the process has had, in bytes."""
        with open(f"/proc/{self.process}/status", encoding="ascii") as status:
            line = next(line for line in status if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024

    def close(self) -> None:
        """End the program."""
        os.kill(self.process, signal.SIGTERM)
        self.quiet(1.0)
        os.waitpid(self.process, 0)
        os.close(self.terminal)


def first_screen(words: Sequence[str], environment: Mapping[str, str], text: bytes) -> float:
    """Return the seconds from starting a program until ``text`` is on its screen."""
    begun = time.monotonic()
    screen = Screen(words, environment)
    painted = screen.until(text)
    screen.quiet(1.0)
    screen.close()
    return painted - begun


def main() -> None:
    """Print the figures for the schedules named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("schedule", nargs="+", help="schedules, as `summit --schedule` takes them")
    parser.add_argument("--rounds", type=int, default=10)
    asked = parser.parse_args()
    environment = {
        **os.environ,
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "COLORTERM": "truecolor",
        "SUMMIT_DATA": tempfile.mkdtemp(),
        "SUMMIT_CACHE": tempfile.mkdtemp(),
    }
    empty = [sys.executable, "-c", EMPTY_APP]
    for schedule in asked.schedule:
        words = [sys.executable, "-m", "summitcli", "browse", "--schedule", schedule]
        # Builds the catalog.
        days = [sys.executable, "-m", "summitcli", "days", "--schedule", schedule]
        subprocess.run(days, env=environment, stdout=subprocess.DEVNULL, check=True)
        ratios = []
        for _round in range(asked.rounds):
            plain = first_screen(empty, environment, b"ready")
            ratios.append(first_screen(words, environment, b"quit") / plain)
        print(f"{schedule}: first screen {statistics.median(ratios):.2f} x an empty app")
        screen = Screen(words, environment)
        screen.quiet()
        for name, keys in KEYS.items():
            pressed = [times for times in map(screen.press, keys) if times[0]]
            if name == "search":
                screen.press("\x1b")
            for what, times in zip(("first frame", "with details"), zip(*pressed, strict=True), strict=True):
                taken = sorted(times)
                middle, last = statistics.median(taken), taken[int(len(taken) * 0.99) - 1]
                figures = f"median {middle * 1000:.0f} ms, 99th of 100 {last * 1000:.0f} ms"
                print(f"  {name}, {what}: {figures} ({len(taken)})")
        print(f"  memory {screen.memory() / 1e6:.0f} MB")
        screen.close()


if __name__ == "__main__":
    main()
