from keras_productgen.augmentation.array_iterator import ArrayIterator
from keras_productgen.augmentation.array_iterator import PairIterator
from keras_productgen.augmentation.dataframe_iterator import DataFrameIterator
from keras_productgen.augmentation.directory_iterator import DirectoryIterator


class Flows:
    """The part of `ImageDataGenerator` that gives batches.

    Every flow goes into `fit()` as it is, and into `for` or `next()` without
    end. `seed` fixes order and draws whatever the number of `workers`
    (threads; one for each CPU core by default).
    """

    def flow(
        self,
        x,
        y=None,
        batch_size=32,
        shuffle=True,
        sample_weight=None,
        seed=None,
        save_to_dir=None,
        save_prefix="",
        save_format="png",
        ignore_class_split=False,
        subset=None,
        workers=None,
    ):
        """Batches of an array's pictures.

        Args:
            x: array of shape `(num_images, height, width, channels)`, or a
                pair of it and other inputs, which are not augmented.
            y: optional array, labels.
            batch_size: int.
            shuffle: bool.
            sample_weight: optional array of shape `(num_images,)`.
            seed: optional int.
            save_to_dir: optional folder for a look at the batches.
            save_prefix: string, how those files' names begin.
            save_format: string, their suffix.
            ignore_class_split: bool, whether subsets may lack a class.
            subset: optional, "training" or "validation".
            workers: optional int.
        """
        return ArrayIterator(
            x,
            y,
            self,
            batch_size=batch_size,
            shuffle=shuffle,
            sample_weight=sample_weight,
            seed=seed,
            save_to_dir=save_to_dir,
            save_prefix=save_prefix,
            save_format=save_format,
            ignore_class_split=ignore_class_split,
            subset=subset,
            workers=workers,
        )

    def flow_paired(self, images, masks, mask_cval=0, **options):
        """Batches `(images, masks)`, both moved by the same draw.

        Masks take the nearest pixel's value, and no tone or normalization.

        Args:
            images: array of shape `(num_images, height, width, channels)`.
            masks: array of the same but for the channels, any dtype.
            mask_cval: number, the mask outside, under "constant".
            **options: `batch_size`, `shuffle`, `sample_weight`, `seed`,
                `save_to_dir`, `save_prefix`, `save_format`, `subset` and
                `workers`, as for `flow`.
        """
        options = {"shuffle": True, **options}
        return PairIterator(images, masks, self, mask_cval, **options)

    def flow_from_directory(
        self,
        directory,
        target_size=(256, 256),
        color_mode="rgb",
        classes=None,
        class_mode="categorical",
        batch_size=32,
        shuffle=True,
        seed=None,
        save_to_dir=None,
        save_prefix="",
        save_format="png",
        follow_links=False,
        subset=None,
        interpolation="nearest",
        keep_aspect_ratio=False,
        workers=None,
    ):
        """Batches of a folder that has one folder for each class.

        Args:
            directory: folder.
            target_size: pair of ints, height and width.
            color_mode: "rgb", "rgba" or "grayscale".
            classes: optional list of the folders to take, in their order.
            class_mode: "categorical", "binary", "sparse", "input" (the
                pictures themselves) or `None`.
            follow_links: bool, whether to enter linked folders.
            subset: optional, "training" or "validation": of each class's
                sorted files the later or the first part.
            interpolation: see `reading.read_picture`.
            keep_aspect_ratio: bool, whether to cut instead of stretching.

        The other arguments are those of `flow`.
        """
        options = _without_self(locals())
        return DirectoryIterator(options.pop("directory"), self, **options)

    def flow_from_dataframe(
        self,
        dataframe,
        directory=None,
        x_col="filename",
        y_col="class",
        weight_col=None,
        target_size=(256, 256),
        color_mode="rgb",
        classes=None,
        class_mode="categorical",
        batch_size=32,
        shuffle=True,
        seed=None,
        save_to_dir=None,
        save_prefix="",
        save_format="png",
        subset=None,
        interpolation="nearest",
        validate_filenames=True,
        keep_aspect_ratio=False,
        workers=None,
    ):
        """Batches of the files that a pandas table names.

        Args:
            dataframe: `pandas.DataFrame`.
            directory: optional folder the names start from.
            x_col: string, the column of file names.
            y_col: string or list of strings, the column(s) of labels.
            weight_col: optional string, the column of sample weights.
            class_mode: as for `flow_from_directory`; also "raw" (the column
                as it is) and "multi_output" (a list, one for each column).
            validate_filenames: bool, whether to leave out, with a warning,
                names that are no picture files.

        The other arguments are those of `flow_from_directory`.
        """
        options = _without_self(locals())
        return DataFrameIterator(
            options.pop("dataframe"), options.pop("directory"), self, **options
        )


def _without_self(arguments):
    return {k: v for k, v in arguments.items() if k != "self"}
