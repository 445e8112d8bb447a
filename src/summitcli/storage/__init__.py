"""The paths of the program's files, and writing them without losing data."""
