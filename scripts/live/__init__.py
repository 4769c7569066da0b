"""What the live benchmark and the tests share: cameras that can be killed."""
