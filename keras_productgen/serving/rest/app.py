"""The REST interface as an ASGI application."""

import asyncio
import contextlib
import contextvars
import logging
import time

from keras_productgen.serving import logs
from keras_productgen.serving.errors import INTERNAL_TEXT
from keras_productgen.serving.errors import Code
from keras_productgen.serving.errors import ServingError
from keras_productgen.serving.rest import bodies
from keras_productgen.serving.rest import json_text
from keras_productgen.serving.rest.routes import PREFIX

LOGGER = logging.getLogger(__name__)
JSON = "application/json"
TEXT = "text/plain; version=0.0.4; charset=utf-8"
CORS = {
    "access-control-allow-origin": "*",
    "access-control-allow-methods": "GET, POST",
    "access-control-allow-headers": "authorization, content-type, x-api-key, "
    "x-request-id",
    "access-control-expose-headers": "x-request-id",
}


class RestApp:
    """Answers `/v1/models/...`, `/healthz`, `/readyz` and the metrics.

    Args:
        routes: `Routes`.
        gateway: `Gateway`.
        metrics: `ServingMetrics`.
        executor: of the threads that compute.
        metrics_path: str, or None for no metrics.
        cors: bool, whether pages of any origin may call.
        page: optional function that returns the page of metrics; by default
            that of `metrics`.
    """

    def __init__(
        self,
        routes,
        gateway,
        metrics,
        executor,
        metrics_path,
        cors=False,
        page=None,
    ):
        self.routes = routes
        self.gateway = gateway
        self.metrics = metrics
        self.executor = executor
        self.metrics_path = metrics_path
        self.page = page or metrics.page
        self.further_headers = CORS if cors else {}

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            return
        headers = {
            name.decode("latin-1").lower(): value.decode("latin-1")
            for name, value in scope["headers"]
        }
        name, call = logs.request_id(headers), _call(scope)
        with logs.told("REST", name, call=" ".join(call)) as facts:
            try:
                answer = self._answer(*call, headers, receive, facts)
                (status, kind, body), further = await answer, {}
            except bodies.Gone:
                facts["status"] = Code.CANCELLED.name
                return
            except ServingError as error:
                facts["status"] = error.code.name
                status, kind, body, further = self._refusal(error)
            facts |= {"http_status": status, "response_bytes": len(body)}
        further[logs.HEADER] = name
        await self._send(send, status, kind, body, further)

    async def _answer(self, method, path, headers, receive, facts):
        if path == "/healthz":
            return 200, JSON, b'{"status": "alive"}'
        if path == "/readyz":
            return self._readiness()
        if method == "OPTIONS" and self.further_headers:
            return 200, JSON, b""
        if self.gateway.keys is not None:
            self.gateway.keys.check_headers(headers)
        if path == self.metrics_path:
            return 200, TEXT, self.page().encode()
        if not path.lower().startswith(PREFIX):
            raise ServingError(Code.NOT_FOUND, "Not Found")
        api, spec = self.routes.match(method, path)
        facts |= {"api": api, "model": spec.name}
        with contextlib.ExitStack() as stack:
            stack.enter_context(self.gateway.admission.enter())
            body = await self._body(receive, headers)
            facts["request_bytes"] = len(body)
            future = self._started(api, spec, body, stack.pop_all())
        answer = await self._in_time(future)
        facts["status"] = Code.OK.name
        return 200, JSON, answer

    def _started(self, api, spec, body, stack):
        """Computes in a thread; the request counts until that is done."""
        loop = asyncio.get_running_loop()
        # What is logged in the thread is to bear the name of the request.
        here = contextvars.copy_context()
        future = loop.run_in_executor(
            self.executor, here.run, self._compute, api, spec, body
        )
        future.add_done_callback(lambda _: stack.close())
        return future

    def _compute(self, api, spec, body):
        start, code = time.perf_counter(), Code.OK
        try:
            return self.routes.answer(api, spec, body)
        except ServingError as error:
            code = error.code
            raise
        # What goes wrong in here is for the log, not for the caller.
        except Exception as error:
            code = Code.INTERNAL
            LOGGER.exception("REST %s of model %r", api, spec.name)
            raise ServingError(code, INTERNAL_TEXT) from error
        finally:
            seconds = time.perf_counter() - start
            self.metrics.answered(spec.name, api, "REST", code, seconds)

    async def _body(self, receive, headers):
        limits = self.gateway.limits
        reading = bodies.read(receive, headers, limits.max_body_bytes)
        try:
            return await asyncio.wait_for(reading, limits.timeout)
        except TimeoutError as error:
            raise ServingError(
                Code.DEADLINE_EXCEEDED,
                "The request did not come in time.",
                http_status=408,
            ) from error

    async def _in_time(self, future):
        # Shielded: a computation cannot be stopped, and is to count.
        waiting = asyncio.shield(future)
        try:
            return await asyncio.wait_for(waiting, self.gateway.limits.timeout)
        except TimeoutError as error:
            future.add_done_callback(lambda f: f.cancelled() or f.exception())
            raise ServingError(
                Code.DEADLINE_EXCEEDED,
                f"No answer within {self.gateway.limits.timeout:g} seconds.",
            ) from error

    def _readiness(self):
        ready = self.routes.service.models.ready
        if ready and not self.gateway.admission.draining:
            return 200, JSON, b'{"status": "ready"}'
        return 503, JSON, b'{"status": "not ready"}'

    def _refusal(self, error):
        if error.http_status in (401, 408, 413, 415, 429, 503):
            self.metrics.refused(error.http_status)
        further = {}
        if error.http_status == 401:
            further["www-authenticate"] = "Bearer"
        if error.http_status in (408, 413):
            # What is left of the body is not read.
            further["connection"] = "close"
        if error.retry_after is not None:
            further["retry-after"] = str(round(error.retry_after))
        body = json_text.write({"error": error.message})
        return error.http_status, JSON, body, further

    async def _send(self, send, status, kind, body, further):
        headers = {
            "content-type": kind,
            "content-length": str(len(body)),
            **self.further_headers,
            **further,
        }
        pairs = [(n.encode(), v.encode()) for n, v in headers.items()]
        await send(
            {
                "type": "http.response.start",
                "status": status,
                "headers": pairs,
            }
        )
        await send({"type": "http.response.body", "body": body})


def _call(scope):
    """The method and the path as they came.

    Decoded, a path could hold a slash that is none, or end a line of the log.
    """
    raw = scope.get("raw_path") or scope["path"].encode()
    return scope["method"], raw.decode("latin-1")
