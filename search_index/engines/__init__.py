"""The engines, one module each; a module's name is how its addresses begin."""
