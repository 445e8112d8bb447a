"""The reader of the events that a web page describes in JSON-LD, in the vocabulary of schema.org."""
