"""The scanner with its real child process and the real engine."""
