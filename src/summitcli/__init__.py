"""summitcli: a conference schedule for the terminal."""

__version__ = "0.1.0"
