"""Customers and their products that come from a list: a file is read, checked row by row, and taken in whole."""
