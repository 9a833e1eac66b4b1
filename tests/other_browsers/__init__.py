"""One visit in browsers that are not Chromium; `make browsers` runs it, `make test` does not."""
