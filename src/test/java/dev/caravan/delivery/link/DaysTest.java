package dev.caravan.delivery.link;

import static dev.caravan.delivery.ScriptedTransport.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.delivery.HeldTime;
import dev.caravan.delivery.limit.DayLimit;
import dev.caravan.transport.Body;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.HttpRequest.Method;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request.Replay;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Limits of a day through the whole stack, over restarts. */
class DaysTest extends StackBed {

    private static final Duration DAY = Duration.ofDays(1);
    private static final DayLimit.Day CHICAGO = new DayLimit.Day(LocalTime.MIDNIGHT, ZoneId.of("America/Chicago"));

    private static DayLimit requests(long most, long writes, Optional<DayLimit.Day> day) {
        return new DayLimit("day", most, writes, false, day, ConnectionLimits.Window.ALL);
    }

    private static ConnectionLimits with(DayLimit... days) {
        return new ConnectionLimits(1000, 4, 0.7, List.of(), List.of(days));
    }

    private Reply rows(int rows) {
        return sender().send(new HttpRequest(
                        Method.POST,
                        "/x",
                        Map.of(),
                        Body.of("{}"),
                        "application/json",
                        Replay.NEVER,
                        Duration.ofSeconds(5))
                .carrying(rows));
    }

    /** The destination counts a request at some moment before its answer, and 24 hours that begin anywhere. */
    @Test
    void noTwentyFourHoursSeeMoreThanTheLimitWhateverIsRestarted() {
        for (long seed = SEED; seed < SEED + 40; seed++) {
            Random random = new Random(seed);
            int most = 1 + random.nextInt(12);
            List<Instant> counted = counted(with(requests(most, most, Optional.empty())), random);
            for (int i = most; i < counted.size(); i++) {
                assertThat(Duration.between(counted.get(i - most), counted.get(i)))
                        .as("seed %d: %d within a day", seed, most + 1)
                        .isGreaterThanOrEqualTo(DAY);
            }
            assertThat(counted).as("seed %d: each day is used", seed).hasSizeGreaterThanOrEqualTo(3 * most);
        }
    }

    /** Every day by the clocks of Chicago, two of which have 23 and 25 hours. */
    @Test
    void noDayOfAZoneSeesMoreThanTheLimitWhateverIsRestarted() {
        held.move(Duration.between(HeldTime.START, Instant.parse("2026-03-07T03:00:00Z")));
        for (long seed = SEED; seed < SEED + 40; seed++) {
            Random random = new Random(seed);
            int most = 1 + random.nextInt(12);
            List<Instant> counted = counted(with(requests(most, most, Optional.of(CHICAGO))), random);
            assertThat(counted.stream()
                            .map(at -> at.atZone(CHICAGO.zone()).toLocalDate())
                            .collect(Collectors.groupingBy(day -> day, Collectors.counting())))
                    .as("seed %d", seed)
                    .allSatisfy((day, sum) -> assertThat(sum).isLessThanOrEqualTo(most))
                    .containsValue((long) most);
        }
    }

    /** Asks for more than four days, and begins anew now and then; what the destination counted, in order. */
    private List<Instant> counted(ConnectionLimits limits, Random random) {
        List<Instant> counted = new ArrayList<>();
        Instant end = held.now().plus(DAY.multipliedBy(4)).plus(Duration.ofHours(2));
        stack = stack(limits);
        held.move(DAY.multipliedBy(2));
        end = end.plus(DAY.multipliedBy(2));
        while (held.now().isBefore(end)) {
            if (random.nextInt(5) == 0) {
                stack = stack(limits);
            }
            Sender sender = stack.over(
                    request -> {
                        held.move(Duration.ofMillis(random.nextInt(5_000)));
                        counted.add(held.now());
                        held.move(Duration.ofMillis(random.nextInt(5_000)));
                        return answer(200);
                    },
                    StopSignal.NEVER,
                    requests::addAndGet);
            Instant asked = held.now();
            Reply reply = sender.send(HttpRequest.get("/x", Duration.ofSeconds(15)));
            if (reply instanceof Reply.NotSent held) {
                assertThat(held.reason()).isEqualTo("quota");
                assertThat(held.notBefore())
                        .hasValueSatisfying(then -> assertThat(then).isAfter(asked));
            }
            held.move(Duration.ofMinutes(random.nextInt(random.nextInt(8) == 0 ? 600 : 20)));
        }
        return counted;
    }

    @Test
    void whoComesTooLateIsToldTheMomentAndDoesNotSleep() {
        stack = stack(with(requests(2, 2, Optional.of(CHICAGO))));
        send(Replay.NEVER);
        send(Replay.NEVER);
        stack = stack(with(requests(2, 2, Optional.of(CHICAGO))));
        Reply.NotSent not = (Reply.NotSent) send(Replay.NEVER);
        assertThat(not.reason()).isEqualTo("quota");
        assertThat(not.detail()).contains("'day'");
        assertThat(not.notBefore()).hasValue(Instant.parse("2026-03-02T06:00:00Z"));
        assertThat(wire.sent).hasSize(2);
        assertThat(held.elapsed()).isLessThan(Duration.ofSeconds(1));
        held.move(Duration.between(held.now(), Instant.parse("2026-03-02T06:00:00Z")));
        assertThat(send(Replay.NEVER)).isInstanceOf(Reply.Answer.class);
    }

    @Test
    void anyTwentyFourHoursAreOverSomeMinutesLater() {
        stack = stack(with(requests(1, 1, Optional.empty())));
        send(Replay.NEVER);
        Reply.NotSent not = (Reply.NotSent) send(Replay.NEVER);
        assertThat(not.notBefore()).hasValue(HeldTime.START.plus(DAY).plus(Duration.ofMinutes(10)));
        held.move(DAY.plus(Duration.ofMinutes(10)));
        assertThat(send(Replay.NEVER)).isInstanceOf(Reply.Answer.class);
    }

    @Test
    void rowsCountWhereRowsAreCountedAndARequestWithoutAnyIsOne() {
        stack = stack(with(new DayLimit("operations", 100, 100, true, Optional.empty(), ConnectionLimits.Window.ALL)));
        assertThat(rows(60)).isInstanceOf(Reply.Answer.class);
        assertThat(rows(0)).isInstanceOf(Reply.Answer.class);
        assertThat(((Reply.NotSent) rows(40)).reason()).isEqualTo("quota");
        assertThat(rows(39)).isInstanceOf(Reply.Answer.class);
        assertThat(((Reply.NotSent) rows(1)).reason()).isEqualTo("quota");
        assertThat(told).contains("quota 0.6", "quota 0.61", "quota 1.0");
    }

    @Test
    void fromOurShareOnWritesStopAndReadsGoOn() {
        stack = stack(with(requests(4, 2, Optional.empty())));
        send(Replay.NEVER);
        send(Replay.NEVER);
        assertThat(((Reply.NotSent) send(Replay.NEVER)).reason()).isEqualTo("quota");
        assertThat(send(Replay.READ)).isInstanceOf(Reply.Answer.class);
        assertThat(send(Replay.READ)).isInstanceOf(Reply.Answer.class);
        assertThat(((Reply.NotSent) send(Replay.READ)).reason()).isEqualTo("quota");
    }

    @Test
    void whatWasNotSentCostsNothingAndALogInCostsToo() {
        stack = stack(with(requests(3, 3, Optional.empty())));
        Sender refusing = stack.over(
                request -> new Reply.NotSent("paused", "", Optional.empty(), 0), StopSignal.NEVER, requests::addAndGet);
        for (int i = 0; i < 5; i++) {
            assertThat(((Reply.NotSent) refusing.send(HttpRequest.get("/x", Duration.ofSeconds(5)))).reason())
                    .isEqualTo("paused");
        }
        Sender loggingIn =
                stack.over(request -> ((Reply.Answer) answer(200)).costing(3), StopSignal.NEVER, requests::addAndGet);
        assertThat(loggingIn.send(HttpRequest.get("/x", Duration.ofSeconds(5)))).isInstanceOf(Reply.Answer.class);
        assertThat(((Reply.NotSent) send(Replay.READ)).reason()).isEqualTo("quota");
    }

    /** A log-in that fails is a request of some kind, but carries no row. */
    @Test
    void rowsThatALogInKeptFromGoingCostNothing() {
        stack = stack(with(new DayLimit("operations", 100, 100, true, Optional.empty(), ConnectionLimits.Window.ALL)));
        Reply refused = new Reply.NotSent("login", "", Optional.empty(), 1);
        Sender shut = stack.over(request -> refused, StopSignal.NEVER, requests::addAndGet);
        HttpRequest sixty = HttpRequest.get("/x", Duration.ofSeconds(5)).carrying(60);
        for (int i = 0; i < 3; i++) {
            assertThat(((Reply.NotSent) shut.send(sixty)).reason()).isEqualTo("login");
        }
        assertThat(rows(100)).isInstanceOf(Reply.Answer.class);
    }

    @Test
    void ofTwoLimitsTheOneThatRefusesTakesNothingOfTheOther() {
        DayLimit operations = new DayLimit("operations", 100, 100, true, Optional.empty(), ConnectionLimits.Window.ALL);
        stack = stack(with(requests(3, 3, Optional.empty()), operations));
        rows(90);
        for (int i = 0; i < 5; i++) {
            assertThat(((Reply.NotSent) rows(20)).detail()).contains("operations");
        }
        assertThat(rows(5)).isInstanceOf(Reply.Answer.class);
        assertThat(rows(5)).isInstanceOf(Reply.Answer.class);
    }
}
