"""What scripts/compare measures of each network, and how it shows it."""
