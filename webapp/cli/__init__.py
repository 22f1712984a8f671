"""`flask --app wsgi …`: the same office from the command line, one module a feature."""

import importlib
import pkgutil

from click import Command
from flask import Flask


def init_app(app: Flask) -> None:
    """Hang every command on the application: each module of this package lists its `commands`."""
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda found: found.name):
        commands: tuple[Command, ...] = importlib.import_module(f"{__name__}.{module.name}").commands
        for command in commands:
            app.cli.add_command(command)
