"""The operation log and the documents projected from it: the only home of everything that is synced."""
