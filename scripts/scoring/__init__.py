"""What scripts/score measures, and how."""
