"""How servers write to a WebSocket: directly, a text as one frame, without a coroutine and a message about it."""
