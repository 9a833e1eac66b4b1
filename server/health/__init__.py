"""Whether the server is well, for whoever administers it: facts, and what to do about those that are not."""
