"""What people type: `contents` says what a text may hold and what is blank; `mail`, `phone`, `web_address`, `number`
and `day` how each of these is read; `order` how texts are compared and sorted.

Nothing else in the house decides any of that. Whoever reads what was typed asks for its length first.
"""
