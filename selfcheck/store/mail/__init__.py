"""The outbox, its delivery, and reminders."""
