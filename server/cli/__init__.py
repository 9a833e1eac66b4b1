"""The process: serving, and backup and restore of this installation."""
