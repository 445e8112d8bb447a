"""The full-screen browser of a schedule, on Textual. Only the command ``browse`` imports this package."""
