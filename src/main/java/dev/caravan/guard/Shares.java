package dev.caravan.guard;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/** Shares of row counts and how they are said. */
final class Shares {

    private static final BigDecimal HUNDRED = new BigDecimal(100);

    private Shares() {}

    /** Whether {@code part} is more than this share of {@code whole}. */
    static boolean exceeds(long part, long whole, BigDecimal share) {
        return BigDecimal.valueOf(part).compareTo(share.multiply(BigDecimal.valueOf(whole))) > 0;
    }

    /** Whether {@code part} is less than this share of {@code whole}. */
    static boolean fallsShort(long part, long whole, BigDecimal share) {
        return BigDecimal.valueOf(part).compareTo(share.multiply(BigDecimal.valueOf(whole))) < 0;
    }

    /**
     * Whether a limit is passed: a written one literally, the default only above a floor of rows, so that small tables are
     * not held for a handful of changes.
     */
    static boolean exceeds(long part, long whole, Optional<BigDecimal> written, BigDecimal byDefault, long floor) {
        return written.map(share -> exceeds(part, whole, share))
                .orElseGet(() -> part > floor && exceeds(part, whole, byDefault));
    }

    /** {@code 35.6 %}, one digit after the point; all of them and none of them are only said when it is so. */
    static String percent(long part, long whole) {
        if (whole == 0) {
            return "-";
        }
        BigDecimal percent = BigDecimal.valueOf(part * 100).divide(BigDecimal.valueOf(whole), 1, RoundingMode.HALF_UP);
        if (part > 0 && percent.signum() == 0) {
            return "under 0.1 %";
        }
        boolean nearly = part < whole && percent.compareTo(HUNDRED) >= 0;
        return (nearly ? "99.9" : percent.toPlainString()) + " %";
    }

    /** A share as a percentage. */
    static String percent(BigDecimal share) {
        return share.movePointRight(2).stripTrailingZeros().toPlainString() + " %";
    }
}
