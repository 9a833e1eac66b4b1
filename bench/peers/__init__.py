"""One workload and whoever is measured on it: peers of the same kind, the least that can be done, and Fieldproof."""
