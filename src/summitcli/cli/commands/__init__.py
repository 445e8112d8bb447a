"""The commands: each module has a few that belong together, and none imports another."""
