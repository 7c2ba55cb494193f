package dev.caravan.model;

/** The files that can be models. CSV columns are text unless declared, and an empty CSV cell is null. */
public enum FileFormat {
    CSV,
    PARQUET,
    /** One array of objects, or one object a line. */
    JSON
}
