"""The server on many machines, by Ray Serve. It needs the extra `ray`."""

from keras_productgen.serving.ray.server import RayServer as RayServer
from keras_productgen.serving.ray.server import check_extra as check_extra
