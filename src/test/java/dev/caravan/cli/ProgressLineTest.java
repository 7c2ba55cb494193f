package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private Duration now = Duration.ZERO;

    private String said() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private void at(ProgressLine line, long second, long done, long total) {
        now = Duration.ofSeconds(second);
        line.at("deliver", done, total);
    }

    @Test
    void withoutATerminalAPlainLineEveryFewSeconds() {
        try (ProgressLine line = new ProgressLine(err, false, () -> now.toNanos())) {
            at(line, 0, 0, 20_000);
            at(line, 1, 500, 20_000);
            at(line, 5, 2_500, 20_000);
            at(line, 6, 3_000, 20_000);
            at(line, 10, 5_000, 20_000);
        }
        assertThat(said()).isEqualTo("""
            deliver  2,500 of 20,000 rows  500/s  35 s left
            deliver  5,000 of 20,000 rows  500/s  30 s left
            """);
    }

    @Test
    void theFirstWaitForAnAnswerIsALineAtOnce() {
        try (ProgressLine line = new ProgressLine(err, false, () -> now.toNanos())) {
            at(line, 0, 0, 151);
            now = Duration.ofSeconds(2);
            line.at("wait", 0, 151);
            now = Duration.ofSeconds(3);
            line.at("wait", 0, 151);
            now = Duration.ofSeconds(32);
            line.at("wait", 0, 151);
            at(line, 33, 151, 151);
        }
        assertThat(said()).isEqualTo("""
            waits for the destination's answer to 151 rows
            waits for the destination's answer to 151 rows
            """);
    }

    @Test
    void withoutATerminalAStepWithoutFiguresIsNoLine() {
        try (ProgressLine line = new ProgressLine(err, false, () -> now.toNanos())) {
            now = Duration.ofSeconds(20);
            line.at("open", 0, -1);
            line.at("map", 1_000, 5_000);
        }
        assertThat(said()).isEqualTo("map  1,000 of 5,000 rows\n");
    }

    /** Of a few rows that no line would follow, nothing is said before it is done; nor a rate of the blink of an eye. */
    @Test
    void aTinyRunIsNotToldToHaveDoneNothing() {
        try (ProgressLine line = new ProgressLine(err, false, () -> now.toNanos())) {
            line.at("read", 0, 2);
            now = Duration.ofMillis(5_110);
            line.at("map", 0, 2);
            now = Duration.ofMillis(5_220);
            line.at("map", 2, 2);
            now = Duration.ofMillis(10_500);
            line.at("deliver", 0, 3);
            now = Duration.ofMillis(15_600);
            line.at("deliver", 0, 3);
        }
        assertThat(said()).isEqualTo("map  2 of 2 rows\ndeliver  0 of 3 rows\n");
    }

    @Test
    void onATerminalOneLineIsRewrittenAndCleared() {
        try (ProgressLine line = new ProgressLine(err, true, () -> now.toNanos())) {
            at(line, 0, 0, 100_000);
            at(line, 1, 500, 100_000);
        }
        assertThat(said()).isEqualTo("\r\u001b[Kdeliver  500 of 100,000 rows  500/s  3 min 19 s left\r\u001b[K");
    }

    @Test
    void theRateIsThatOfThePhase() {
        ProgressLine line = new ProgressLine(err, false, () -> now.toNanos());
        at(line, 0, 0, -1);
        now = Duration.ofSeconds(100);
        line.at("map", 0, 5_000);
        now = Duration.ofSeconds(105);
        line.at("map", 5_000, 5_000);
        line.close();
        assertThat(said()).isEqualTo("map  0 of 5,000 rows\nmap  5,000 of 5,000 rows  1,000/s\n");
    }
}
