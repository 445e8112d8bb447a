"""The command line: parsing, completion, help and suggestions."""
