"""The directories of the program's files, and reading and writing files without losing data."""
