"""What the office loads when it starts: nothing that only drawing, signing or checking needs."""

import subprocess
import sys

from tests.support.needs import ROOT

# Each takes a tenth of a second or more, for every command and every worker.
ON_DEMAND = ("docx", "matplotlib", "pyhanko", "pypdf", "weasyprint")
START = """
import sys
import webapp.app
from webapp.config import Settings

webapp.app.create_app(Settings.from_env({"INSTANCE_DIR": sys.argv[1], "DATABASE_URL": "sqlite://"}))
print(*(name for name in sys.argv[2:] if name in sys.modules))
"""


def test_starting_loads_no_draughtsman(tmp_path):
    command = [sys.executable, "-c", START, str(tmp_path), *ON_DEMAND]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [], "import it in the function that needs it, with a comment why"
