"""What could keep edge-digits from reading on this machine, and the remedy."""
