"""The directories of the program's files, and reading and writing files so that no data is lost."""
