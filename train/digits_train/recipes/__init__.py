"""The recipes, one file each: a module here with a `RECIPE` is one more choice of --recipe."""
