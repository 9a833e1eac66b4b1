"""What is measured: each measure prints JSON lines; nothing here is ever a test."""
