"""Pictures whose mattes are known: cut-outs before other backgrounds."""

from keras_productgen.data.mattes.matte_pairs import matte_pairs as matte_pairs
