"""The computations that phone and server must do alike; each has a twin of the same name in pwa/src/rules."""
