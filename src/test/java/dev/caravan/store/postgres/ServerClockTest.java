package dev.caravan.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.ledger.LeaseTimes;
import dev.caravan.store.sql.SqlLedger;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The server is asked again when this machine's clocks do not agree, since either may be the wrong one (invariant I21). */
class ServerClockTest {

    private static final Duration HOURS = Duration.ofHours(3);

    private long nanos;
    private Instant wall = Instant.parse("2026-03-04T12:00:00Z");

    private SqlLedger open() {
        LeaseTimes times = new LeaseTimes(Duration.ofMinutes(5), Duration.ofSeconds(1));
        return PostgresLedger.open(PostgresServer.fresh(), () -> nanos, () -> wall, "one", times);
    }

    @Test
    void timePassesByTheMonotonicClockWhileBothAgree() {
        try (SqlLedger ledger = open()) {
            Instant before = ledger.clock().instant();
            nanos += HOURS.toNanos();
            wall = wall.plus(HOURS).plusSeconds(2);
            assertThat(ledger.clock().instant()).isEqualTo(before.plus(HOURS));
        }
    }

    @Test
    void afterASuspensionOrAJumpTheServerTellsTheTimeAndNeitherClock() {
        try (SqlLedger ledger = open()) {
            Instant before = ledger.clock().instant();
            nanos += HOURS.toNanos();
            assertThat(ledger.clock().instant())
                    .as("three hours by one clock alone, none by the server")
                    .isBetween(before, before.plus(Duration.ofHours(1)));
            wall = wall.plus(HOURS);
            assertThat(ledger.clock().instant()).isBetween(before, before.plus(Duration.ofHours(1)));
        }
    }
}
