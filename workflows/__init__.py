"""What the office does: SQLAlchemy and the standard library; knows no Flask, no Redis."""
