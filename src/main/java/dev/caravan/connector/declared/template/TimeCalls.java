package dev.caravan.connector.declared.template;

import dev.caravan.row.Value;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Functions that make dates and instants. A time without a zone is no instant; a day is one, its midnight in UTC. */
final class TimeCalls {

    private static final BigInteger BILLION = BigInteger.valueOf(1_000_000_000L);

    /** In nanoseconds. */
    static final long SECOND = 1_000_000_000L;

    private TimeCalls() {}

    static Result date(Value value) {
        Optional<LocalDate> day = switch (value) {
            case Value.Date date -> Optional.of(date.value());
            case Value.Timestamp timestamp -> Optional.of(timestamp.value().toLocalDate());
            case Value.ZonedTimestamp zoned -> Optional.of(LocalDate.ofInstant(zoned.value(), ZoneOffset.UTC));
            case Value.Text text -> parsedDay(text.value());
            case Value.Null none -> Optional.empty();
            case Value.Bool bool -> Optional.empty();
            case Value.Int whole -> Optional.empty();
            case Value.Decimal decimal -> Optional.empty();
            case Value.Real real -> Optional.empty();
            case Value.Json json -> Optional.empty();
            case Value.Binary binary -> Optional.empty();
            case Value.Tuple key -> Optional.empty();
            case Value.Time time -> Optional.empty();
        };
        return day.<Result>map(found -> new Result.Made(new Datum.One(new Value.Date(found))))
                .orElseGet(() -> new Result.Unfit("not a date"));
    }

    static Result instant(Value value) {
        return exact(value)
                .<Result>map(found -> new Result.Made(new Datum.One(new Value.ZonedTimestamp(found))))
                .orElseGet(() -> new Result.Unfit("not an instant; a time needs its zone"));
    }

    /** Since 1970, cut down to whole units of so many nanoseconds. */
    static Result epoch(Value value, long unit) {
        return exact(value)
                .map(found -> units(nanos(found), BigInteger.valueOf(unit)))
                .orElseGet(() -> new Result.Unfit("not an instant; a time needs its zone"));
    }

    private static Result units(BigInteger nanos, BigInteger unit) {
        BigInteger units = nanos.subtract(nanos.mod(unit)).divide(unit);
        return units.bitLength() > 63
                ? new Result.Unfit("a time too far away")
                : new Result.Made(new Datum.One(new Value.Int(units.longValue())));
    }

    private static BigInteger nanos(Instant instant) {
        return BigInteger.valueOf(instant.getEpochSecond())
                .multiply(BILLION)
                .add(BigInteger.valueOf(instant.getNano()));
    }

    private static Optional<Instant> exact(Value value) {
        return switch (value) {
            case Value.ZonedTimestamp zoned -> Optional.of(zoned.value());
            case Value.Date date ->
                Optional.of(date.value().atStartOfDay(ZoneOffset.UTC).toInstant());
            case Value.Text text -> parsedInstant(text.value());
            case Value.Null none -> Optional.empty();
            case Value.Bool bool -> Optional.empty();
            case Value.Int whole -> Optional.empty();
            case Value.Decimal decimal -> Optional.empty();
            case Value.Real real -> Optional.empty();
            case Value.Json json -> Optional.empty();
            case Value.Binary binary -> Optional.empty();
            case Value.Tuple key -> Optional.empty();
            case Value.Time time -> Optional.empty();
            case Value.Timestamp timestamp -> Optional.empty();
        };
    }

    private static Optional<LocalDate> parsedDay(String text) {
        try {
            return Optional.of(LocalDate.parse(text.strip()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> parsedInstant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text.strip()).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
