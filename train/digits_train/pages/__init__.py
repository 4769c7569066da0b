"""Pages of handwriting as a telephone sees them, composed from single digits, as hard as is asked for."""
