"""How much the server takes at once: bodies that come in slowly, answers that go out slowly, saves in a hurry."""
