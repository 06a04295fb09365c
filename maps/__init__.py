"""Draw incidents: one self-contained page, or a picture."""
