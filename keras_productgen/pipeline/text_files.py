"""Files beside photos that nobody takes for photos."""

TEXTS = (".json", ".jsonl", ".csv", ".txt", ".yaml", ".md", ".html")
