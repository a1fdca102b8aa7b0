"""The reference against FTP programs that nobody here wrote, and the classic session as a person types it."""
