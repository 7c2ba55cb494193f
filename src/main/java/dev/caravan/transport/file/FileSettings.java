package dev.caravan.transport.file;

import java.nio.file.Path;

/**
 * What merging Parquet may use, beside the engine.
 *
 * @param memory DuckDB's own limit, as DuckDB writes it: {@code 512MB}
 * @param threads at least 1
 * @param temp an existing folder where it spills when memory runs short; absolute and without symbolic links
 */
public record FileSettings(String memory, int threads, Path temp) {}
