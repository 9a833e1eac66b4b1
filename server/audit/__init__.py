"""Who did what, when, to what: written in the transaction of every command and every signature."""
