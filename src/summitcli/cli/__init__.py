"""The command line: the only layer that prints and reads the clock, the terminal and the environment."""

from summitcli.cli.process import main

__all__ = ["main"]
