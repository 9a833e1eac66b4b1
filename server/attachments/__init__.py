"""Files that documents name by their SHA-256."""
