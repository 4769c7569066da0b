"""Where frames come from: image files, videos, streams, cameras, standard input."""
