"""The terminal: its settings in the environment, messages on stderr, and progress bars."""
