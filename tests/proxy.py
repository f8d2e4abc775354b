"""The trial hub's proxy: configurable-http-proxy in Python, with what version 0.4.0 lacks for pages and for a crowd.

- It asks a server for compressed messages where the page can read them, and cannot read them itself: 503.
- It lets page and server agree on how messages are written, and never tells the page: they talk past each other.
- It passes a page's bytes on as text, which a server cannot read.
- It passes on ten requests at a time, and gives each, and each that waits, 20 s.

``python -m tests.proxy`` takes the words of ``configurable-http-proxy``.
"""

from __future__ import annotations

PATIENCE_S = 600  # of a crowd that starts at once on two cores


def main() -> None:
    """Mend and run."""
    from configurable_http_proxy import cli, configproxy  # sets up a log when it is imported
    from tornado.httpclient import AsyncHTTPClient, HTTPRequest

    class Handler(configproxy.ProxyHandler):
        def _get_proxy_request(self, url: str) -> HTTPRequest:
            self.request.headers.pop("Sec-WebSocket-Extensions", None)
            return super()._get_proxy_request(url)

        def select_subprotocol(self, subprotocols: list[str]) -> str | None:
            return self.ws_client.selected_subprotocol

        def on_message(self, message: str | bytes) -> None:
            if self.ws_client:
                self.proxy.update_last_activity(self.target["prefix"])
                self.ws_client.write_message(message, binary=isinstance(message, bytes))

    configproxy.ProxyHandler = Handler
    patient = {"connect_timeout": PATIENCE_S, "request_timeout": PATIENCE_S}
    AsyncHTTPClient.configure(None, max_clients=1000, defaults=patient)
    cli.main()


if __name__ == "__main__":
    main()
