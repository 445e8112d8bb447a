"""The command line: the only package that prints, and reads the clock, the terminal and the environment."""

from summitcli.cli.process import main

__all__ = ["main"]
