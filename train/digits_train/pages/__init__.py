"""Pages of handwriting as a telephone sees them, composed from single digits, each difficulty by its strength."""
