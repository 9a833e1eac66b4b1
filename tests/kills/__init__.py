"""The server is killed at any moment, again and again, while phones push: what was acknowledged is there, once."""
