"""The processes beside the web server: worker and clock."""

import click
from flask.cli import with_appcontext

from webapp import work


@click.command("worker")
@with_appcontext
def worker() -> None:
    """Do what committed transactions handed over, until stopped."""
    work.run_worker()


@click.command("clock")
@with_appcontext
def clock() -> None:
    """Wake timed jobs, until stopped."""
    work.run_clock()


@click.command("work-off")
@with_appcontext
def work_off() -> None:
    """Do all waiting jobs now and leave."""
    click.echo(work.work_off())


commands = (worker, clock, work_off)
