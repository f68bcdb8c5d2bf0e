"""`manage.py serve`: pages, sockets and static files on one port, under Daphne, until interrupted."""

import asyncio
import errno
import os
import signal
import socket
import sys
from typing import Any

from daphne.endpoints import build_endpoint_description_strings
from daphne.server import twisted_loop
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from twisted.internet import reactor

from streamwright.management.commands.link import link_for, owner
from streamwright.wire.daphne import Straight, take_over

# The largest message a browser may send: an event with the values of all inputs. Beyond it the socket closes (1009).
LARGEST_MESSAGE = 1024 * 1024


class Command(BaseCommand):
    help = "Serves Streamwright on $PORT until Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1)")
        parser.add_argument("--link", action="store_true", help="print a link that signs the owner in, once")

    def handle(self, *args: Any, host: str, link: bool, **options: Any) -> None:
        refuse_a_taken_port(host, settings.PORT)
        # Allowing addresses with a click is only for servers that other machines cannot reach.
        settings.OWN_MACHINE = settings.OWN_MACHINE and host in ("127.0.0.1", "localhost", "::1")
        from streamwright.asgi import application
        from streamwright.serving import DatabaseIsOld, Serving

        self.serving = Serving()
        try:
            self.serving.prepare()
        except DatabaseIsOld as problem:
            raise CommandError(str(problem)) from problem
        take_over(reactor)
        self.server = Straight(
            application,
            endpoints=build_endpoint_description_strings(host=host, port=settings.PORT),
            websocket_max_message_size=LARGEST_MESSAGE,
            websocket_max_frame_size=LARGEST_MESSAGE,
            # A page may stay open for longer than a day.
            websocket_timeout=-1,
            server_name="",
            signal_handlers=False,
            ready_callable=lambda: self.begin(link),
        )
        self.server.run()
        if self.server.abort_start:
            raise CommandError(f"Nothing could listen on {host}:{settings.PORT}.")
        # Threads may still be waiting for a locked database (20 s) or a slow name server, and Python would wait for
        # them.
        self.stdout.flush()
        sys.stderr.flush()
        self.serving.close()
        os._exit(0)

    def begin(self, link: bool) -> None:
        """Called once the server listens."""
        self.serving.start(twisted_loop)
        for number in (signal.SIGTERM, signal.SIGINT):
            twisted_loop.add_signal_handler(number, self.asked_to_end)
        self.greet(link)

    def asked_to_end(self) -> None:
        """Handle SIGTERM or SIGINT. The first one stops in order; the second one, or a stuck event loop, exits at
        once."""
        for number in (signal.SIGTERM, signal.SIGINT):
            twisted_loop.remove_signal_handler(number)
            signal.signal(number, lambda number, frame: os._exit(128 + number))
        self.ending = asyncio.ensure_future(self.end(), loop=twisted_loop)

    async def end(self) -> None:
        from streamwright.serving import UNSAVED
        from streamwright.stopping import busy

        if busy():
            self.stdout.write(f"\nWhat runs has {settings.STOP_GRACE:g} s to end. Once more: at once.\n")
            self.stdout.flush()
        is_saved = False
        try:
            is_saved = await self.serving.end(settings.STOP_GRACE)
        except Exception as problem:
            self.stderr.write(f"The server did not come to an end as it should: {problem!r}\n")
        finally:
            if not is_saved:
                self.stderr.write(f"{UNSAVED}\n")
            self.server.stop()

    def greet(self, link: bool) -> None:
        """Print where the server is and, with `link`, how to sign in."""
        self.stdout.write(f"\nStreamwright is ready: {settings.ORIGINS[0]}/   (Ctrl-C ends it)\n")
        person = owner() if link else None
        if person:
            self.stdout.write(f"\nSign in as {person.email}, once and within 15 minutes:\n\n    {link_for(person)}\n\n")
        self.stdout.flush()


def refuse_a_taken_port(host: str, port: int) -> None:
    """Fail clearly if the port is taken; Daphne itself would only log that it cannot listen."""
    try:
        with socket.create_server((host, port)):
            pass
    except OSError as problem:
        if problem.errno == errno.EADDRINUSE:
            raise CommandError(
                f"Port {port} is taken by another program. End it, or choose another port: PORT={port + 1} ./run"
            ) from problem
        raise CommandError(f"Cannot listen on {host}:{port}: {os.strerror(problem.errno or 0)}.") from problem
