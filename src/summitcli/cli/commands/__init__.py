"""The commands, a file a group; none imports another."""
