package dev.caravan.row;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;

/** Values of every type, with the awkward ones far more often than chance alone would have them. */
public final class AnyValue {

    private static final List<ValueType> TYPES = List.of(ValueType.values());
    private static final String[] TEXTS = {
        "", " ", "-", "s:x", "a|b", "\\", "\\|", "|", "null", "Ada", "  Ada ", "Zoë", "𝒳", "\t\n", "İ", "ß", "1.50",
        "1.5"
    };
    private static final double[] DOUBLES = {
        0.0,
        -0.0,
        1,
        -1,
        0.1,
        1.5,
        1e300,
        Double.MIN_VALUE,
        1e16,
        123456789.125,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MAX_VALUE
    };
    private static final long[] LONGS = {0, 1, -1, 42, Long.MAX_VALUE, Long.MIN_VALUE};

    private AnyValue() {}

    /** One value, null included. */
    public static Value of(Random random) {
        return random.nextInt(10) == 0 ? Value.ofNull() : of(type(random), random);
    }

    /** One type. */
    public static ValueType type(Random random) {
        return TYPES.get(random.nextInt(TYPES.size()));
    }

    /** One value of a type. */
    public static Value of(ValueType type, Random random) {
        return switch (type) {
            case BOOLEAN -> new Value.Bool(random.nextBoolean());
            case INTEGER ->
                new Value.Int(random.nextBoolean() ? LONGS[random.nextInt(LONGS.length)] : random.nextLong());
            case DECIMAL -> new Value.Decimal(decimal(random));
            case DOUBLE ->
                new Value.Real(
                        random.nextBoolean()
                                ? DOUBLES[random.nextInt(DOUBLES.length)]
                                : Double.longBitsToDouble(random.nextLong()));
            case TEXT -> new Value.Text(TEXTS[random.nextInt(TEXTS.length)] + (random.nextBoolean() ? "" : "x"));
            case DATE -> new Value.Date(day(random));
            case TIME -> new Value.Time(time(random));
            case TIMESTAMP -> new Value.Timestamp(LocalDateTime.of(day(random), time(random)));
            case TIMESTAMPTZ -> new Value.ZonedTimestamp(instant(random));
            case JSON -> new Value.Json(json(random, 3));
            case BINARY -> Value.Binary.of(bytes(random));
        };
    }

    /** JSON of at most this depth, in no particular writing. */
    public static String json(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 5)) {
            case 0 -> random.nextBoolean() ? "true" : " false";
            case 1 -> "null";
            case 2 -> decimal(random).toString();
            case 3 -> random.nextInt(100) + ".50e" + random.nextInt(-3, 60);
            case 4 -> quoted(TEXTS[random.nextInt(TEXTS.length)], random);
            case 5 -> "[" + json(random, depth - 1) + " , " + json(random, depth - 1) + "]";
            case 6 -> random.nextBoolean() ? "[]" : "{ }";
            default ->
                "{\"b\": " + json(random, depth - 1) + ",\"a\":" + json(random, depth - 1) + ", \"\\u00e4\" : 1}";
        };
    }

    private static String quoted(String text, Random random) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            boolean escaped = c < ' ' || c == '"' || c == '\\' || random.nextInt(4) == 0;
            for (char part : Character.toChars(c)) {
                quoted.append(escaped ? "\\u%04X".formatted((int) part) : String.valueOf(part));
            }
        });
        return quoted.append('"').toString();
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(6)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static BigDecimal decimal(Random random) {
        int scale = random.nextInt(-5, 20);
        return new BigDecimal(new BigInteger(random.nextInt(1, 100), random), scale)
                .multiply(BigDecimal.valueOf(random.nextInt(-1, 2)));
    }

    private static LocalDate day(Random random) {
        return LocalDate.ofEpochDay(random.nextInt(-800_000, 3_000_000));
    }

    /** Often whole seconds, else down to the nanosecond. */
    private static LocalTime time(Random random) {
        LocalTime time = LocalTime.ofNanoOfDay(random.nextLong(86_400_000_000_000L));
        return random.nextBoolean() ? time.withNano(0) : time;
    }

    private static Instant instant(Random random) {
        return LocalDateTime.of(day(random), time(random)).toInstant(ZoneOffset.UTC);
    }
}
