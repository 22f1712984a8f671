"""How people and machines reach the office; it decides nothing."""
