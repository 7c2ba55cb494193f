package dev.caravan.connector.declared.template;

import dev.caravan.row.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;

/** Functions that make numbers. */
final class NumberCalls {

    private static final int DIGITS = 100;
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    private NumberCalls() {}

    static Result number(Value value) {
        return exact(value).<Result>map(NumberCalls::made).orElseGet(NumberCalls::none);
    }

    static Result integer(Value value) {
        return exact(value).map(NumberCalls::whole).orElseGet(NumberCalls::none);
    }

    static Result decimal(Value value, String digits) {
        return exact(value)
                .<Result>map(number -> made(number.setScale(Integer.parseInt(digits), RoundingMode.HALF_UP)))
                .orElseGet(NumberCalls::none);
    }

    /** What was calculated in binary is rarely a whole number of millionths, and meant to be one; what was written down is what it is. */
    static Result micros(Value value) {
        return exact(value)
                .map(number -> number.multiply(MILLION))
                .map(micros -> whole(value instanceof Value.Real ? micros.setScale(0, RoundingMode.HALF_UP) : micros))
                .orElseGet(NumberCalls::none);
    }

    private static Result whole(BigDecimal number) {
        if (number.stripTrailingZeros().scale() > 0) {
            return new Result.Unfit("not a whole number");
        }
        BigInteger whole = number.toBigInteger();
        return whole.bitLength() > 63 ? made(number) : new Result.Made(new Datum.One(new Value.Int(whole.longValue())));
    }

    private static Result made(BigDecimal number) {
        return new Result.Made(new Datum.One(new Value.Decimal(number)));
    }

    private static Result none() {
        return new Result.Unfit("not a number");
    }

    private static Optional<BigDecimal> exact(Value value) {
        if (value instanceof Value.Bool || (value instanceof Value.Real real && !real.finite())) {
            return Optional.empty();
        }
        String text = value.text().strip();
        if (text.isEmpty() || text.length() > DIGITS || !text.chars().allMatch(c -> "0123456789+-.".indexOf(c) >= 0)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
