"""The output of commands, on a terminal, in a pipe and in files."""
