"""What both ends agree on: shapes, merge rules, rights, problems, and the computations both must do alike."""
