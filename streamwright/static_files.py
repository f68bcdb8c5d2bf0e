"""Static files, answered before Django is involved: a page of the editor loads dozens of small ones."""

from typing import Any

from whitenoise.middleware import WhiteNoiseMiddleware

from streamwright.traffic import Application, Receive, Send


class StaticFiles:
    """An ASGI application in front of another. Requests for static files are answered here by WhiteNoise's rules:
    compressed if the browser accepts it, cached for ever if the name contains a hash, revalidated by ETag otherwise."""

    def __init__(self, application: Application):
        self.application = application
        self.known = WhiteNoiseMiddleware(None)

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        file = self._file_at(scope["path"])
        if file is None:
            await self.application(scope, receive, send)
            return
        pairs = ((name.decode("latin-1"), text.decode("latin-1")) for name, text in scope["headers"])
        asked = {f"HTTP_{name.upper().replace('-', '_')}": text for name, text in pairs}
        response = file.get_response(scope["method"], asked)
        headers = [(name.lower().encode(), value.encode()) for name, value in response.headers]
        headers.append((b"x-content-type-options", b"nosniff"))
        await send({"type": "http.response.start", "status": int(response.status), "headers": headers})
        body = b""
        if response.file is not None:
            with response.file as opened:
                body = opened.read()
        await send({"type": "http.response.body", "body": body})

    def _file_at(self, path: str) -> Any:
        """WhiteNoise's file for a path, or None. In development it is looked up anew each time."""
        return self.known.find_file(path) if self.known.autorefresh else self.known.files.get(path)
