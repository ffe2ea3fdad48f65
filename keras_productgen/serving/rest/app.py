"""The REST interface as an ASGI application."""

import contextlib

from keras_productgen.serving import logs
from keras_productgen.serving.errors import Code
from keras_productgen.serving.errors import ServingError
from keras_productgen.serving.rest import bodies
from keras_productgen.serving.rest import json_text
from keras_productgen.serving.rest.computing import Computing
from keras_productgen.serving.rest.computing import Work
from keras_productgen.serving.rest.routes import PREFIX

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
        self._computing = Computing(
            routes, metrics, executor, gateway.limits.timeout
        )
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
        work = await self._work(api, spec, headers, receive, facts)
        answer = await self._computing.answer(work, receive)
        facts["status"] = Code.OK.name
        return 200, JSON, answer

    async def _work(self, api, spec, headers, receive, facts):
        self.gateway.admission.check_open()
        with contextlib.ExitStack() as stack:
            held = stack.enter_context(self.gateway.memory.hold())
            body = await bodies.read_in_time(
                receive, headers, self.gateway.limits, held
            )
            facts["request_bytes"] = len(body)
            # Only now: who sends slowly takes no room from others.
            stack.enter_context(self.gateway.admission.enter())
            return Work(api, spec, body, stack.pop_all())

    def _readiness(self):
        models = self.routes.service.models
        ready = models.ready and not self.gateway.admission.draining
        told = {"status": "ready" if ready else "not ready"}
        if missing := models.not_serving:
            told["not_serving"] = missing
        return 200 if ready else 503, JSON, json_text.write(told)

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
