package dev.caravan.config.settings;

import java.util.List;

/** The connectors that a connection can be on. */
public enum Connector {
    DUCKDB(true, false),
    FILES(true, false),
    SALESFORCE(false, true);

    /** Designed, not built: refused as not supported yet. */
    static final List<String> LATER =
            List.of("postgres", "snowflake", "bigquery", "redshift", "trino", "jdbc", "kafka", "s3", "sftp", "hubspot");

    private final boolean source;
    private final boolean destination;

    Connector(boolean source, boolean destination) {
        this.source = source;
        this.destination = destination;
    }

    /** Whether models can be read from it. */
    public boolean source() {
        return source;
    }

    /** Whether mappings can write to it. */
    public boolean destination() {
        return destination;
    }
}
