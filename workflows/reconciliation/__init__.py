"""Persons counted once across organisations: rounds, keys, doubtful pairs, decisions (đối chiếu)."""
