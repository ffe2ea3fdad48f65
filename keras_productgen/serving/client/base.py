"""What clients share, with `async` and without."""

from keras_productgen.serving import extra
from keras_productgen.serving.client.address import Address
from keras_productgen.serving.client.calls import Target
from keras_productgen.serving.client.descriptions import describe
from keras_productgen.serving.client.generation import Generation
from keras_productgen.serving.client.restoration import Restoration
from keras_productgen.serving.client.retries import Retries
from keras_productgen.serving.client.sources import check_several

# The models that come along, by the names under which they are exported.
GENERATOR, RESTORER = "catalog", "restore"


class BaseClient:
    """What is asked for; `Client` says the Args.

    A client has `_all(asked, given, *settings)`, which gives what `asked.flows`
    ends with, one by one, each as the function `given` gives it.
    """

    def __init__(
        self,
        url,
        model=None,
        *,
        api_key=None,
        timeout=60.0,
        retries=None,
        chunk_size=16,
        in_flight=4,
        ca_certificate=None,
        client_certificate=None,
    ):
        self.address = Address(url, api_key, ca_certificate, client_certificate)
        for name, value in (
            ("timeout", timeout),
            ("chunk_size", chunk_size),
            ("in_flight", in_flight),
        ):
            if not value > 0:
                raise ValueError(
                    f"`{name}` must be above 0. Received: {name}={value!r}"
                )
        self.model = model
        self.timeout = timeout
        self.retries = retries or Retries()
        self.chunk_size, self.in_flight = chunk_size, in_flight
        # By model and version, what its signature `describe` has told.
        self._told = {}
        if self.address.by_grpc:
            extra.check_extra(extra.GRPC, "gRPC")

    def generate_iter(self, n=1, seed=0, first_index=0, **asked):
        """Makes pictures, one after the other: those of `model.generate`.

        They come in order, as they are made: `in_flight` requests of
        `chunk_size` pictures are in memory, and not all `n`.

        All are made by the version that the first is made by. Where that is
        gone meanwhile, they go on by the next one, if it has the same
        conditions; `generate_made` says which made which.

        Args:
            n, seed, first_index, **asked: as `generate_made`.

        Returns:
            Iterator of uint8 arrays `(height, width, channels)`, or of bytes.

        Raises:
            ValueError, ServingError: as `generate_made`.
        """
        asked = self._generation(n, seed, first_index, **asked)
        return self._all(asked, _picture_of, self.chunk_size)

    def generate_made(self, n=1, seed=0, first_index=0, **asked):
        """As `generate_iter`, and says of each picture which model made it.

        Args:
            n: int, how many.
            seed: int.
            first_index: int, the number of the first one within the seed.
            model: optional str, the name of the model on the server.
            version: optional int, a version, or str, a label.
            truncation: optional float, for models with styles: 1 as they come,
                0.7 better and less varied.
            as_bytes: bool, whether PNG files are wanted.
            conditions: optional dict from names to values; a value for all
                pictures, or `n` of them.
            **asked: more conditions, written as arguments: a name out of the
                model's, `category="dress"`, or its number; components of a
                vector, of a colour `color="#aa3344"` or `color="navy"` as
                well; a list of labels. What has a natural value need not be
                asked for: `describe().defaults` says which.

        Returns:
            Iterator of `Made`: `picture`, `index` and `model`.

        Raises:
            ValueError: if a number is out of range, or the model has no such
                conditions.
            ServingError: if the server refuses; `ServingTimeout`, a
                `TimeoutError` as well, if it does not answer in time.
        """
        asked = self._generation(n, seed, first_index, **asked)
        return self._all(asked, _as_it_is, self.chunk_size)

    def _generation(
        self,
        *numbers,
        model=None,
        version=None,
        truncation=None,
        as_bytes=False,
        conditions=None,
        **more_conditions,
    ):
        target = Target(model or self.model or GENERATOR, version)
        conditions = {**(conditions or {}), **more_conditions}
        return Generation(target, *numbers, conditions, truncation, as_bytes)

    def restore_iter(
        self,
        pictures,
        *,
        model=None,
        version=None,
        signature="restore",
        masks=None,
        seed=None,
        first_index=0,
        as_bytes=False,
    ):
        """Restores photos, one after the other.

        EXIF rotation and colour profiles are followed and transparency is laid
        on white before anything is sent, since TensorFlow Serving does not.

        Args:
            pictures: iterable, read as it is needed, of paths, bytes of files,
                Pillow pictures, or uint8 arrays `(height, width)` or `(height,
                width, channels)`.
            model: optional str, the name of the model on the server.
            version: optional int, a version, or str, a label.
            signature: str, another that takes `image_bytes` and gives files,
                such as `"translate"` or `"matte"`.
            masks: iterable, one for each picture, for models that fill holes:
                as `pictures`, or bool arrays `(height, width)`; true or above
                0 where to fill.
            seed: optional int, for models that draw noise, such as `Pix2Pix`;
                0 by default. Picture `k` gets number `first_index + k`.
            first_index: int.
            as_bytes: bool, whether PNG files are wanted.

        Returns:
            Iterator of uint8 arrays, or of bytes, in the same order; a picture
            that could not be used is its `PictureError`.

        Raises:
            ValueError: if `pictures` or `masks` are not several, or the model
                has no such signature, needs masks or takes none, or draws no
                noise.
            ServingError: as `generate_iter`.
        """
        check_several("pictures", pictures)
        if masks is not None:
            check_several("masks", masks)
        target = Target(model or self.model or RESTORER, version)
        asked = Restoration(
            target, signature, as_bytes, masks, seed, first_index
        )
        return self._all(asked, _as_it_is, pictures, self.chunk_size)

    def _describing(self, model, version):
        target = Target(model or self.model or GENERATOR, version)
        return describe(target, self._told)


def _picture_of(made):
    return made.picture


def _as_it_is(made):
    return made
