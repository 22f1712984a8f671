"""The door for servers and commands: settings from the environment → the application."""

import gc

from sqlalchemy.orm import configure_mappers

from webapp.app import create_app
from webapp.config import Settings

app = create_app(Settings.from_env())

# What was loaded to begin with stays: the collector need not look through it while somebody waits (0.3 s).
configure_mappers()
gc.freeze()
