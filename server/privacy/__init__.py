"""What a company keeps of one customer: handed out to him (ADR 44)."""
