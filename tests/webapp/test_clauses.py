"""No page shows the address of a clause as the program writes it."""

import pytest
from flask import Flask

from webapp.clauses import clause_in_words


@pytest.mark.parametrize(
    ("address", "short", "named"),
    [
        ("II.3", "II.3", "khoản II.3"),
        ("4/d2", "4, gạch đầu dòng 2", "khoản 4, gạch đầu dòng 2"),
        ("5/p2", "5, đoạn 2", "khoản 5, đoạn 2"),
        ("PL/7", "phụ lục, dòng 7", "phụ lục, dòng 7"),
        ("body/p1", "phần mở đầu, đoạn 1", "phần mở đầu, đoạn 1"),
    ],
)
def test_addresses_in_words(app: Flask, address: str, short: str, named: str):
    with app.test_request_context():
        assert clause_in_words(address) == short
        assert clause_in_words(address, named=True) == named
