"""One of many servers of the same models."""

import asyncio
import logging
from concurrent import futures

from keras_productgen.serving import logs
from keras_productgen.serving.ray import figures
from keras_productgen.serving.ray.calls import Aborted
from keras_productgen.serving.ray.calls import RayCalls
from keras_productgen.serving.rest.app import RestApp
from keras_productgen.serving.rest.routes import Routes
from keras_productgen.serving.server import Server


class PortlessServer(Server):
    """A server whose requests come from Ray's proxies.

    Args:
        models: as in `Server`.
        **settings: as in `Server`.
    """

    def __init__(self, models, **settings):
        super().__init__(models, rest_port=None, grpc_port=None, **settings)
        threads = self._gateway.limits.threads
        self.executor = futures.ThreadPoolExecutor(threads, "ray")
        self.calls = RayCalls(self._service, self._gateway, self.metrics)

    def rest_app(self, page=None):
        """Returns the REST interface as an ASGI application.

        Args:
            page: optional function, as in `RestApp`.
        """
        routes = Routes(self._service)
        shared = (self._gateway, self.metrics, self.executor)
        return _unnamed(RestApp(routes, *shared, *self._rest_settings, page))


class Replica:
    """What Ray Serve makes several of: both interfaces of one server.

    Args:
        models: as in `Server`.
        settings: dict, further arguments of it.
    """

    def __init__(self, models, settings):
        _write_lines()
        self._server = PortlessServer(models, **settings).start()
        self._figures = figures.of_replica(self._server.metrics.page).start()

    def __serve_build_asgi_app__(self):
        return self._server.rest_app(self._figures.page)

    async def Predict(self, request, grpc_context):
        return await self._answer("Predict", request, grpc_context)

    async def Classify(self, request, grpc_context):
        return await self._answer("Classify", request, grpc_context)

    async def Regress(self, request, grpc_context):
        return await self._answer("Regress", request, grpc_context)

    async def MultiInference(self, request, grpc_context):
        return await self._answer("MultiInference", request, grpc_context)

    async def GetModelMetadata(self, request, grpc_context):
        return await self._answer("GetModelMetadata", request, grpc_context)

    async def GetModelStatus(self, request, grpc_context):
        return await self._answer("GetModelStatus", request, grpc_context)

    async def HandleReloadConfigRequest(self, request, grpc_context):
        method = "HandleReloadConfigRequest"
        return await self._answer(method, request, grpc_context)

    async def _answer(self, method, request, context):
        loop = asyncio.get_running_loop()
        answer = self._server.calls.answer
        try:
            return await loop.run_in_executor(
                self._server.executor, answer, method, request, context
            )
        except Aborted as error:
            # What led to it is in the log; Ray would send the whole trace.
            raise Aborted(str(error)) from None


def _write_lines():
    """Lets the process of a replica, which is its own, write JSON lines."""
    handler = logging.StreamHandler()
    handler.setFormatter(logs.JsonFormatter())
    logger = logging.getLogger("keras_productgen")
    logger.handlers, logger.propagate = [handler], False
    logger.setLevel(logging.INFO)


def _unnamed(app):
    """Answers without `x-request-id`: Ray's proxy sends it itself."""

    async def answer(scope, receive, send):
        async def send_unnamed(event):
            pairs = event.get("headers", [])
            kept = [p for p in pairs if p[0] != logs.HEADER.encode()]
            await send(event | ({"headers": kept} if pairs else {}))

        await app(scope, receive, send_unnamed)

    return answer
