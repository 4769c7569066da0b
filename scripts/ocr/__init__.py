"""Other programs that read text, each made to answer as `edge-digits --json` does."""
