"""The client for `async` code."""

import asyncio

import numpy as np

from keras_productgen.serving.client import flows
from keras_productgen.serving.client.base import BaseClient
from keras_productgen.serving.client.pinning import Pinned
from keras_productgen.serving.client.restoration import picture_of
from keras_productgen.serving.client.sources import is_one


class AsyncClient(BaseClient):
    """`Client` with `async`; its arguments are the same.

    ```python
    async with kpg.serving.AsyncClient("grpc://localhost:8500") as client:
        asked = {"category": "dress", "color": "#aa3344"}
        pictures = await client.generate(8, seed=1, **asked)
        async for picture in client.generate_iter(1000, **asked):
            ...
    ```

    It belongs to one event loop, whose tasks may share it.
    """

    def __init__(self, url, model=None, **settings):
        super().__init__(url, model, **settings)
        self._transport = _transport(self.address)

    async def generate(
        self, n=1, seed=0, first_index=0, *, as_bytes=False, **asked
    ):
        """As `Client.generate`."""
        found = self.generate_iter(
            n, seed, first_index, as_bytes=as_bytes, **asked
        )
        made = [picture async for picture in found]
        return made if as_bytes else np.stack(made)

    async def restore(self, pictures, masks=None, **asked):
        """As `Client.restore`."""
        several = not is_one(pictures)
        if not several:
            pictures, masks = [pictures], None if masks is None else [masks]
        found = self.restore_iter(pictures, masks=masks, **asked)
        results = [result async for result in found]
        return results if several else picture_of(results[0])

    async def describe(self, model=None, version=None):
        """As `Client.describe`."""
        return await self._run(self._describing(model, version))

    async def close(self):
        """Closes the connections."""
        await self._transport.close()

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        await self.close()

    async def _all(self, asked, given, *settings):
        description = await self._run(asked.describe(self._told))
        pinned = Pinned(description, asked.signature, self._told)
        # Names of conditions may load Keras: not in the loop.
        found = await asyncio.to_thread(asked.flows, pinned, *settings)
        async for chunk in flows.in_order_async(
            found, self._start, self.in_flight
        ):
            for made in chunk:
                yield given(made)

    def _start(self, flow):
        return asyncio.create_task(self._run(flow))

    async def _run(self, flow):
        return await flows.run_async(flow, self._send)

    async def _send(self, call):
        return await self.retries.call_async(
            lambda seconds: self._transport.send(call, seconds), self.timeout
        )


def _transport(address):
    if address.by_grpc:
        # Not above: it loads TensorFlow.
        from keras_productgen.serving.client.grpc_calls import AsyncGrpc

        return AsyncGrpc(address)
    from keras_productgen.serving.client.rest_calls import AsyncRest

    return AsyncRest(address)
