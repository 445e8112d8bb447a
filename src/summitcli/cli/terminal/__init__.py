"""The terminal: its environment, messages and progress."""
