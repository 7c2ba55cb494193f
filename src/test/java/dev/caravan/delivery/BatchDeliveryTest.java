package dev.caravan.delivery;

import static dev.caravan.delivery.ScriptedTransport.answer;
import static dev.caravan.delivery.ScriptedTransport.lost;
import static dev.caravan.delivery.ScriptedTransport.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.delivery.DeliveryReport.Halt;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Conversation.Done;
import dev.caravan.destination.Conversation.Pause;
import dev.caravan.destination.Conversation.Remember;
import dev.caravan.destination.Conversation.Send;
import dev.caravan.destination.IdempotencyClass;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.destination.Write;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.transport.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One batch: what is on record at each moment, and which rows get another round. */
class BatchDeliveryTest extends DeliveryBed {

    @Test
    void theIntentComesBeforeTheRequestAndTheOutcomesAfter() {
        outcomes(round -> ordinal -> ordinal == 1 ? refusal(ErrorClass.DATA) : OK);
        DeliveryReport report = deliver(3);
        assertThat(books.entries).containsExactly("begin 1 [0, 1, 2]", "sent", "complete 1 3");
        assertThat(report).isEqualTo(new DeliveryReport(2, 1, 0, 0, 0, 1, Optional.empty()));
        assertThat(requests).hasValue(1);
    }

    @Test
    void withoutRoomForTheIntentNothingIsSent() {
        outcomes(round -> ordinal -> OK);
        books.noRoom = "begin";
        assertThatThrownBy(() -> deliver(3))
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessageContaining("state.full");
        assertThat(books.entries).isEmpty();
        assertThat(requests).hasValue(0);
    }

    /** What was sent without room for its end stays an open intent, for recovery; sending on would only add to that. */
    @Test
    void withoutRoomForTheOutcomesNothingGoesAgain() {
        outcomes(round -> ordinal -> new Outcome.Unknown("malformed"));
        books.noRoom = "complete";
        assertThatThrownBy(() -> deliver(3))
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessageContaining("state.full");
        assertThat(books.entries).containsExactly("begin 1 [0, 1, 2]", "sent");
        assertThat(requests).hasValue(1);
    }

    /** A Retry-After of 2099 is a mistake, and no row is told to wait for it. */
    @Test
    void noRowIsPutOffForLongerThanADay() {
        Instant far = Instant.parse("2099-01-01T00:00:00Z");
        outcomes(round -> ordinal -> new Outcome.Deferred("transient", Optional.of(ordinal == 0 ? far : held.now())));
        Instant latest = held.now().plus(Duration.ofHours(25));
        deliver(2);
        assertThat(books.last)
                .containsEntry(0L, new Outcome.Deferred("transient", Optional.of(latest)))
                .hasEntrySatisfying(
                        1L,
                        outcome -> assertThat(
                                        ((Outcome.Deferred) outcome).notBefore().orElseThrow())
                                .isBeforeOrEqualTo(held.now()));
    }

    @Test
    void onlyRowsNotAppliedGoAgainAndThenStayDeferred() {
        outcomes(round -> ordinal -> switch (ordinal.intValue()) {
            case 0 -> OK;
            case 1 -> round < 2 ? refusal(ErrorClass.TRANSIENT) : OK;
            default -> refusal(ErrorClass.TRANSIENT);
        });
        DeliveryReport report = deliver(3);
        assertThat(rounds).containsExactly(List.of(0L, 1L, 2L), List.of(1L, 2L), List.of(2L));
        assertThat(report).isEqualTo(new DeliveryReport(2, 0, 1, 0, 0, 3, Optional.empty()));
        assertThat(books.last).containsEntry(2L, new Outcome.Deferred("CODE", Optional.empty()));
        assertThat(books.entries).filteredOn(entry -> entry.startsWith("begin")).hasSize(3);
        assertThat(held.elapsed()).isPositive();
    }

    @Test
    void aLongWaitIsNotSatOut() {
        Instant later = HeldTime.START.plus(Duration.ofMinutes(10));
        outcomes(round -> ordinal -> new Outcome.Deferred("rolled_back", Optional.of(later)));
        assertThat(deliver(2).deferred()).isEqualTo(2);
        assertThat(rounds).hasSize(1);
        assertThat(held.elapsed()).isLessThan(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @EnumSource(IdempotencyClass.class)
    void theUnknownGoesAgainWithAnIntentOfItsOwnWhereThatIsSafe(IdempotencyClass idempotency) {
        destination.idempotency = idempotency;
        outcomes(round -> ordinal -> new Outcome.Unknown("malformed"));
        // Twice as it is, then, where any row may go again alone, in halves.
        int expected = switch (idempotency) {
            case A, C -> 4;
            case B -> 3;
            case D, E, F -> 1;
        };
        assertThat(deliver(2)).isEqualTo(new DeliveryReport(0, 0, 0, 2, 0, expected, Optional.empty()));
        assertThat(rounds).hasSize(expected);
        assertThat(books.entries).filteredOn(entry -> entry.startsWith("begin")).hasSize(expected);
    }

    /** Nine of ten came before and one is refused: the answer counts them and names none. */
    @Test
    void rowsThatAnAnswerOnlyCountsAreToldApartWhereEachIsKnownByItsKey() {
        destination.idempotency = IdempotencyClass.B;
        destination.conversation = batch -> {
            rounds.add(batch.writes().stream().map(Write::ordinal).toList());
            boolean bad = batch.writes().stream().anyMatch(write -> write.ordinal() == 6);
            Outcome all = !bad
                    ? new Outcome.Unchanged(null)
                    : batch.writes().size() == 1
                            ? refusal(ErrorClass.DATA)
                            : new Outcome.Unknown(Outcome.Unknown.COUNTED);
            return new Send<>(
                    CALL,
                    reply -> new Done<>(batch.writes().stream().map(any -> all).toList()));
        };
        DeliveryReport report = deliver(10);
        assertThat(report.accepted()).isEqualTo(9);
        assertThat(report.unknown()).isZero();
        assertThat(books.last.get(6L)).isInstanceOf(Outcome.Rejected.class);
        assertThat(rounds.subList(0, 4))
                .as("as it was, once more, then in halves")
                .extracting(List::size)
                .containsExactly(10, 10, 5, 5);
    }

    /** Invariant I8: only what is on record can be waited out. */
    @Test
    void everyRequestThatMayLandIsOnRecord() {
        wire.then(answer(503), lost(), answer(200));
        rowsAnswered();
        assertThat(deliver(2)).isEqualTo(new DeliveryReport(2, 0, 0, 0, 0, 3, Optional.empty()));
        assertThat(books.entries)
                .containsExactly(
                        "begin 1 [0, 1]",
                        "complete 1 2",
                        "begin 2 [0, 1]",
                        "complete 2 2",
                        "begin 3 [0, 1]",
                        "complete 3 2");
        assertThat(books.all.get(0L)).containsExactly(new Outcome.Unknown("unclear"), new Outcome.Unknown("lost"), OK);
    }

    @Test
    void aDoubtIsNotWashedAwayByALaterNotSent() {
        wire.then(lost(), refused());
        rowsAnswered();
        DeliveryReport report = deliver(1);
        assertThat(report.unknown()).isEqualTo(1);
        assertThat(report.halt())
                .hasValueSatisfying(halt -> assertThat(halt.reason()).isEqualTo("refused"));
        assertThat(books.last).containsEntry(0L, new Outcome.Unknown("lost"));
    }

    @Test
    void aDestinationThatIsDownIsLeftAloneAsLongAsItAsks() {
        wire.then(answer(503, "retry-after", "40"), answer(200));
        rowsAnswered();
        assertThat(deliver(1).accepted()).isEqualTo(1);
        assertThat(held.elapsed()).isGreaterThanOrEqualTo(Duration.ofSeconds(40));

        wire.then(answer(503, "retry-after", "3600"), answer(200));
        int before = wire.sent.size();
        assertThat(deliver(1).unknown()).isEqualTo(1);
        assertThat(wire.sent).hasSize(before + 1);
    }

    @Test
    void whatTheConversationLeavesOutIsUnknown() {
        destination.idempotency = IdempotencyClass.E;
        destination.conversation = batch -> new Done<>(List.of(OK));
        assertThat(deliver(3)).isEqualTo(new DeliveryReport(1, 0, 0, 2, 0, 0, Optional.empty()));
        destination.conversation = batch -> new Done<>(List.of(OK, OK, OK, OK));
        assertThat(deliver(3).unknown()).isEqualTo(3);
        assertThat(books.last).hasSize(3);
    }

    @Test
    void anAppendWithADedupeKeyIsRepeatedAndSaysSo() {
        destination.idempotency = IdempotencyClass.B;
        List<Boolean> doubts = new ArrayList<>();
        destination.conversation = batch -> {
            batch.writes().forEach(write -> doubts.add(write.inDoubt()));
            Outcome outcome = doubts.size() < 4 ? new Outcome.Unknown("timeout") : OK;
            return new Send<>(
                    CALL,
                    reply -> new Done<>(
                            batch.writes().stream().map(any -> outcome).toList()));
        };
        assertThat(deliver(3).accepted()).isEqualTo(3);
        assertThat(doubts).containsExactly(false, false, false, true, true, true);
    }

    @ParameterizedTest
    @EnumSource(ErrorClass.class)
    void aRefusalThatIsNotAboutTheRowHaltsTheRun(ErrorClass errorClass) {
        outcomes(round -> ordinal -> ordinal == 1 ? refusal(errorClass) : OK);
        Optional<String> halt = deliver(2).halt().map(Halt::reason);
        assertThat(halt)
                .isEqualTo(
                        switch (errorClass) {
                            case CONFIG -> Optional.of("config");
                            case QUOTA -> Optional.of("quota");
                            case AUTH -> Optional.of("login");
                            case DATA, CONFLICT, POLICY, TRANSIENT -> Optional.empty();
                        });
    }

    /** What every row would meet alike is no better for another row of the batch that comes good at the second try. */
    @ParameterizedTest
    @EnumSource(
            value = ErrorClass.class,
            names = {"CONFIG", "QUOTA", "AUTH"})
    void aHaltIsNotForgottenOverTheRowsThatGoAgain(ErrorClass errorClass) {
        outcomes(round -> ordinal -> round > 1 ? OK : refusal(ordinal == 0 ? errorClass : ErrorClass.TRANSIENT));
        DeliveryReport report = deliver(2);
        assertThat(rounds).containsExactly(List.of(0L, 1L), List.of(1L));
        assertThat(report.accepted()).isEqualTo(1);
        assertThat(report.halt())
                .hasValueSatisfying(halt -> assertThat(halt.detail()).isEqualTo("CODE"));
    }

    @Test
    void whatPassedByItselfHaltsNothing() {
        outcomes(round -> ordinal -> round > 1 ? OK : new Outcome.Deferred("busy", Optional.empty()));
        assertThat(deliver(2)).isEqualTo(new DeliveryReport(2, 0, 0, 0, 0, 2, Optional.empty()));
    }

    @Test
    void anUnreachableDestinationHaltsTheRunAfterItsRounds() {
        wire.then(refused());
        destination.conversation = batch -> new Send<>(
                CALL,
                reply -> new Done<>(batch.writes().stream()
                        .<Outcome>map(w -> new Outcome.Deferred(((Reply.NotSent) reply).reason(), Optional.empty()))
                        .toList()));
        DeliveryReport report = deliver(2);
        assertThat(report.deferred()).isEqualTo(2);
        assertThat(report.halt())
                .hasValueSatisfying(halt -> assertThat(halt.reason()).isEqualTo("refused"));
    }

    @Test
    void aStopBeforeTheIntentWritesNothing() {
        stop.set("paused");
        assertThat(deliver(2)).isEqualTo(new DeliveryReport(0, 0, 0, 0, 0, 0, Optional.of(new Halt("paused", ""))));
        assertThat(books.entries).isEmpty();
    }

    private Conversation<List<Outcome>> job(Batch batch) {
        return new Send<>(CALL, made -> new Remember<>("750", () -> new Send<>(CALL, closed -> poll(batch))));
    }

    private Conversation<List<Outcome>> poll(Batch batch) {
        return new Pause<>(
                Duration.ofSeconds(10),
                () -> new Send<>(
                        CALL,
                        state -> new Done<>(batch.writes().stream().map(w -> OK).toList())));
    }

    @Test
    void aJobIsRememberedBetweenItsRequests() {
        destination.idempotency = IdempotencyClass.D;
        destination.conversation = this::job;
        assertThat(deliver(2)).isEqualTo(new DeliveryReport(2, 0, 0, 0, 0, 3, Optional.empty()));
        assertThat(books.entries).containsExactly("begin 1 [0, 1]", "remember 1 750", "complete 1 2");
        assertThat(held.elapsed()).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aStopLeavesAJobForRecovery() {
        destination.idempotency = IdempotencyClass.D;
        destination.conversation = batch -> new Send<>(
                CALL,
                made -> new Remember<>("750", () -> {
                    stop.set("stopped");
                    return new Send<>(CALL, closed -> poll(batch));
                }));
        DeliveryReport report = deliver(2);
        assertThat(report).isEqualTo(new DeliveryReport(0, 0, 0, 0, 2, 1, Optional.of(new Halt("stopped", ""))));
        assertThat(books.entries).containsExactly("begin 1 [0, 1]", "remember 1 750");
        assertThat(wire.sent).hasSize(1);
    }

    @Test
    void aStopWhileAJobIsPolledEndsTheWait() {
        destination.idempotency = IdempotencyClass.D;
        destination.conversation = batch -> new Remember<>("750", () -> {
            stop.set("stopped");
            return poll(batch);
        });
        assertThat(deliver(1).open()).isEqualTo(1);
        assertThat(held.elapsed()).isLessThan(Duration.ofSeconds(1));
    }
}
