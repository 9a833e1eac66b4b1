"""People's accounts: sign-in, sessions, devices, passwords."""
