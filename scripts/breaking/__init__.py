"""Where reading breaks: measuring against each difficulty of hard pages, and the picture of it."""
