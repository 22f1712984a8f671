"""The text of a directive → header, citations, clauses and tasks: pure functions, no table, no file."""
