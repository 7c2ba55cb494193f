package dev.caravan.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Batch;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Conversation.Done;
import dev.caravan.destination.Conversation.Send;
import dev.caravan.destination.IdempotencyClass;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.destination.Write;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that were refused together, or that an answer leaves unclear twice, are told apart where that does no harm. */
class HalvingTest extends DeliveryBed {

    @ParameterizedTest
    @EnumSource(
            value = IdempotencyClass.class,
            names = {"A", "B", "C", "E"})
    void aRowThatBreaksTheWholeRequestIsFoundByHalvingWhateverItsClass(IdempotencyClass idempotency) {
        destination.idempotency = idempotency;
        destination.conversation = batch -> {
            List<Long> ordinals = batch.writes().stream().map(Write::ordinal).toList();
            rounds.add(ordinals);
            Outcome all = ordinals.contains(137L) ? together(ErrorClass.DATA) : OK;
            return new Send<>(
                    CALL, reply -> new Done<>(ordinals.stream().map(any -> all).toList()));
        };
        assertThat(deliver(200)).isEqualTo(new DeliveryReport(199, 1, 0, 0, 0, rounds.size(), Optional.empty()));
        assertThat(books.last).hasSize(200);
        assertThat(books.last.get(137L)).isEqualTo(refusal(ErrorClass.DATA));
        assertThat(rounds).hasSizeLessThan(20);
    }

    /** {@code DATA} would refute a doubt about an earlier request; a rule or a flow of the moment must not. */
    @ParameterizedTest
    @EnumSource(
            value = ErrorClass.class,
            names = {"DATA", "CONFLICT", "POLICY"})
    void aRowThatStandsAloneIsRefusedForWhatTheDestinationSays(ErrorClass errorClass) {
        outcomes(round -> ordinal -> together(errorClass));
        assertThat(deliver(1).rejected()).isEqualTo(1);
        assertThat(books.last.get(0L)).isEqualTo(refusal(errorClass));
    }

    private static Outcome together(ErrorClass errorClass) {
        return new Outcome.Rejected("CODE", null, "words", errorClass, true);
    }

    @Test
    void halvingIsBoundedWhenEveryRowIsRefused() {
        outcomes(round -> ordinal -> together(ErrorClass.DATA));
        DeliveryReport report = deliver(200);
        assertThat(report.rejected() + report.deferred()).isEqualTo(200);
        assertThat(report.deferred()).isPositive();
        assertThat(rounds).hasSizeLessThan(70);
    }

    @Test
    void aRowThatBreaksTheServerIsFoundByHalvingWhereASecondRequestDoesNoHarm() {
        outcomes(round -> ordinal -> OK);
        Function<Batch, Conversation<List<Outcome>>> well = destination.conversation;
        destination.conversation = batch ->
                batch.writes().stream().anyMatch(write -> write.ordinal() == 9) ? unclear(batch) : well.apply(batch);
        DeliveryReport report = deliver(64);
        assertThat(report.accepted()).isEqualTo(63);
        assertThat(report.unknown()).isEqualTo(1);
        assertThat(books.last.get(9L)).isInstanceOf(Outcome.Unknown.class);
    }

    /** A destination that counts refusals and names nobody: what one run leaves, the next ones find. */
    @Test
    void rowsThatAreOnlyCountedAreFoundOverRuns() {
        Set<Long> bad = Set.of(3L, 111L, 222L, 333L, 444L, 555L, 666L, 777L, 888L, 999L);
        destination.conversation = batch -> {
            List<Long> ordinals = batch.writes().stream().map(Write::ordinal).toList();
            rounds.add(ordinals);
            boolean clear = ordinals.stream().noneMatch(bad::contains);
            Outcome all = clear
                    ? OK
                    : ordinals.size() == 1 ? refusal(ErrorClass.DATA) : new Outcome.Unknown(Outcome.Unknown.COUNTED);
            return new Send<>(
                    CALL, reply -> new Done<>(ordinals.stream().map(any -> all).toList()));
        };
        DeliveryReport first = deliver(1_000);
        assertThat(first.accepted()).isGreaterThan(500);
        assertThat(first.unknown()).isPositive();
        assertThat(rounds).hasSizeLessThan(80);
    }

    @Test
    void aServerInTroubleIsNotAskedRowByRow() {
        destination.conversation = this::unclear;
        assertThat(deliver(200).unknown()).isEqualTo(200);
        assertThat(rounds).hasSizeLessThan(8);
    }
}
