"""The first start: one's own company, or a demonstration with people, products and a past."""
