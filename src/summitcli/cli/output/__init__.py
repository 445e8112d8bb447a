"""The output of commands: in a terminal, in a pipe and in files."""
