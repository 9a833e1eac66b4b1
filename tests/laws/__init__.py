"""Laws of the pure core, over histories that simulated people play on simulated devices."""
