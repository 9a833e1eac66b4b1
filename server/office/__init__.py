"""What the office looks into: held operations and histories."""
