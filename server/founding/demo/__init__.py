"""A company as it could be: two units, their people, products and calls, with a past (data in the .csv files)."""
