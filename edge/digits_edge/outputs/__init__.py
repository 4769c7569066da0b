"""Where readings go: text, JSON lines, annotated and explaining pictures."""
