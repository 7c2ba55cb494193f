package dev.caravan.engine.duckdb.db;

/** SQL for the canonical text of a double: DuckDB's shortest digits, written without an exponent. */
final class DoubleText {

    private DoubleText() {}

    /**
     * Java and DuckDB both write the fewest digits that read back as the same double; only the form differs. Of subnormal
     * doubles with fewer than two good digits Java writes two: those alone, below 1e-320, differ.
     */
    static String of(String value) {
        String raw = "CAST(abs(" + value + ") AS VARCHAR)";
        String digits = "replace(split_part(" + raw + ", 'e', 1), '.', '')";
        String exponent = "TRY_CAST(split_part(" + raw + ", 'e', 2) AS INTEGER)";
        String width = "CAST(greatest(" + exponent + " + 1, length(" + digits + ")) AS INTEGER)";
        String large = "rpad(" + digits + ", " + width + ", '0')";
        String small = "'0.' || repeat('0', -" + exponent + " - 1) || " + digits;
        String plain = "CASE WHEN NOT contains(" + raw + ", 'e') THEN regexp_replace(" + raw + ", '\\.0$', '')"
                + " WHEN " + exponent + " < 0 THEN " + small + " ELSE " + large + " END";
        return "(CASE WHEN isnan(" + value + ") THEN 'NaN' WHEN isinf(" + value + ") THEN"
                + " CASE WHEN " + value + " > 0 THEN 'Infinity' ELSE '-Infinity' END"
                + " ELSE (CASE WHEN " + value + " < 0 THEN '-' ELSE '' END) || (" + plain + ") END)";
    }
}
