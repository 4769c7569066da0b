"""Reading handwritten digits with a small interpreter: everything a device needs, and nothing else."""
