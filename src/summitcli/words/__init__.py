"""The program's words in languages other than English, one module a language."""
