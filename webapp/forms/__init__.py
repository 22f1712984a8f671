"""What people may type into pages: one module a feature, the same names as in pages."""
