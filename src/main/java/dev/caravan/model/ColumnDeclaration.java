package dev.caravan.model;

import dev.caravan.row.ValueType;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A column's declared type. A value that cannot be read as it makes its row invalid, never the run fail.
 *
 * @param zone for a timestamp without a zone: the zone its wall-clock times are in, which makes it an instant
 */
public record ColumnDeclaration(ValueType type, Optional<ZoneId> zone) {}
