"""The company's units: what they are called, their limits, and the phrases with which they begin."""
