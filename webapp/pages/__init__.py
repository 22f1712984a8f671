"""Pages for people: one module a feature, each with its blueprint; the application finds them by itself."""
