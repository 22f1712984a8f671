"""The door for servers and commands: settings from the environment → the application."""

from webapp import collector
from webapp.app import create_app
from webapp.config import Settings

app = create_app(Settings.from_env())
collector.settle()
