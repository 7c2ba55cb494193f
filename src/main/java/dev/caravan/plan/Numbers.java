package dev.caravan.plan;

import dev.caravan.row.Value;
import java.math.BigDecimal;
import java.util.Optional;

/** Numeric values as exact decimals. */
final class Numbers {

    private Numbers() {}

    /**
     * Whether two values are the same at a destination: equal, or the same number in another type, since then they are written
     * alike. A model that turns integers into decimals causes no write.
     */
    static boolean same(Value a, Value b) {
        return a.equals(b)
                || of(a).flatMap(x -> of(b).map(y -> x.compareTo(y) == 0)).orElse(false);
    }

    static Optional<BigDecimal> of(Value value) {
        return switch (value) {
            case Value.Int number -> Optional.of(BigDecimal.valueOf(number.value()));
            case Value.Decimal number -> Optional.of(number.value());
            case Value.Real number ->
                number.finite() ? Optional.of(new BigDecimal(Double.toString(number.value()))) : Optional.empty();
            case Value.Null n -> Optional.empty();
            case Value.Bool b -> Optional.empty();
            case Value.Text t -> Optional.empty();
            case Value.Date d -> Optional.empty();
            case Value.Time t -> Optional.empty();
            case Value.Timestamp t -> Optional.empty();
            case Value.ZonedTimestamp z -> Optional.empty();
            case Value.Json j -> Optional.empty();
            case Value.Binary b -> Optional.empty();
            case Value.Tuple t -> Optional.empty();
        };
    }
}
