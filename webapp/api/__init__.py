"""The same office for machines: one module a feature, each with its blueprint."""
