"""The official document: measures, blocks, forms, drawing of Word and PDF, format check; knows no table."""
