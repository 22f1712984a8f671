"""Finding: Vietnamese text, one interface, two engines; knows no table."""
