"""The reader of events that a web page describes in JSON-LD, with the vocabulary of schema.org."""
