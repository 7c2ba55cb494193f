package dev.caravan.engine.duckdb.read;

import dev.caravan.engine.duckdb.db.ColumnType;
import dev.caravan.engine.duckdb.db.Db;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model as it lies staged.
 *
 * @param key how the key of a staged row is told
 * @param target which record of the destination a staged row means
 * @param columns the image columns with their types, in the mapping's order
 * @param hashed the columns behind the row hash, in the order they are hashed
 * @param unique the columns of each uniqueness check, by the reason it gives
 */
public record Staged(
        StagedKey key,
        StagedTarget target,
        Map<String, ColumnType> columns,
        List<String> hashed,
        Reasons reasons,
        Map<Integer, List<String>> unique,
        Optional<String> watermark) {

    /** The temporary table of staged rows. */
    public static final String TABLE = Db.TEMP + "staged";

    /** DuckDB's 64-bit hash of the hashed columns. */
    public static final String HASH = "\":hash\"";

    static final String NULL_KEY = "null_key";
    static final String DUPLICATE_KEY = "duplicate_key";

    /** Which reason {@link #DUPLICATE_KEY} is. */
    static final int DUPLICATE = 1;

    /** Which reason it is that another row has the same destination key: {@code duplicate_key:…} with that field. */
    static final int DUPLICATE_TARGET = 2;

    /** The condition that a staged row keeps the contract. */
    public String valid() {
        return reasons.none();
    }
}
