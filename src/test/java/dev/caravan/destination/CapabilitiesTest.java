package dev.caravan.destination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Capabilities.Ability;
import dev.caravan.mapping.FieldSource;
import dev.caravan.mapping.Target;
import dev.caravan.mapping.Target.OnRemoved;
import dev.caravan.mapping.Target.Operation;
import dev.caravan.mapping.TargetKey;
import dev.caravan.problem.Place;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a mapping asks for becomes actions, and what cannot be done is named. */
class CapabilitiesTest {

    private static final Capabilities RECORDS = can(Action.UPSERT, Action.UPDATE, Action.DELETE);
    private static final Capabilities MEMBERS = can(Action.ADD, Action.REMOVE);

    private static Capabilities can(Action... actions) {
        return Capabilities.all(Set.of(actions), Ability.batches(10));
    }

    private static Target target(Operation operation, OnRemoved onRemoved) {
        return new Target(
                "crm",
                "Thing",
                operation,
                TargetKey.of("Key"),
                new FieldSource.Column("key"),
                onRemoved,
                Target.OnUnknown.HOLD,
                operation == Operation.MIRROR,
                Target.Strategy.AUTO,
                Place.ofFile("m.yaml"),
                Place.ofFile("m.yaml"));
    }

    @Test
    void aMirrorKeepsRecordsOrMembers() {
        Target mirror = target(Operation.MIRROR, OnRemoved.DELETE);
        assertThat(RECORDS.saving(Operation.MIRROR)).isEqualTo(Action.UPSERT);
        assertThat(RECORDS.removing(mirror, true)).contains(Action.DELETE);
        assertThat(MEMBERS.saving(Operation.MIRROR)).isEqualTo(Action.ADD);
        assertThat(MEMBERS.removing(mirror, true)).contains(Action.REMOVE);
        assertThat(MEMBERS.missing(mirror)).isEmpty();
        assertThat(can(Action.ADD).missing(mirror)).containsExactly(Action.REMOVE);
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThat(RECORDS.missing(target(Operation.INSERT, OnRemoved.ARCHIVE)))
                .containsExactly(Action.INSERT, Action.ARCHIVE);
        assertThat(RECORDS.missing(target(Operation.UPSERT, OnRemoved.NOTHING))).isEmpty();
        assertThat(Capabilities.NONE.missing(target(Operation.UPSERT, OnRemoved.NOTHING)))
                .containsExactly(Action.UPSERT);
    }

    @Test
    void aClearGoesByIdWhereThatIsPossible() {
        Target upsert = target(Operation.UPSERT, OnRemoved.CLEAR);
        assertThat(RECORDS.removing(upsert, true)).contains(Action.UPDATE);
        assertThat(RECORDS.removing(upsert, false)).contains(Action.UPSERT);
        assertThat(can(Action.UPSERT).removing(upsert, true)).contains(Action.UPSERT);
    }

    /** By what saves anyway, if it can, since that makes anew what is gone. */
    @Test
    void aRecordIsGivenAnotherKeyByWhatCanDoThat() {
        Capabilities byUpdate = RECORDS.rekeyingBy(Action.UPDATE);
        Capabilities byBoth = byUpdate.rekeyingBy(Action.UPSERT);
        assertThat(RECORDS.rekeying(Operation.UPSERT, "Key")).isEmpty();
        assertThat(byUpdate.rekeying(Operation.UPSERT, "Key")).contains(Action.UPDATE);
        assertThat(byBoth.rekeying(Operation.UPSERT, "Key")).contains(Action.UPSERT);
        assertThat(byBoth.rekeying(Operation.MIRROR, "Key")).contains(Action.UPSERT);
        assertThat(byBoth.rekeying(Operation.UPDATE, "Key")).contains(Action.UPDATE);
        assertThat(byBoth.rekeying(Operation.INSERT, "Key")).isEmpty();
        Ability fixed = Ability.batches(10).that(new Capabilities.Rekeys(true, Set.of("Key")));
        Capabilities other = new Capabilities(Map.of(Action.UPSERT, fixed));
        assertThat(other.rekeying(Operation.UPSERT, "Key")).isEmpty();
        assertThat(other.rekeying(Operation.UPSERT, "Other")).contains(Action.UPSERT);
    }

    @Test
    void whatCanBeAskedForIsSaidInTheWordsOfAMapping() {
        assertThat(RECORDS.operations()).containsExactly(Operation.UPSERT, Operation.UPDATE, Operation.MIRROR);
        assertThat(MEMBERS.operations()).containsExactly(Operation.MIRROR, Operation.ADD, Operation.REMOVE);
        assertThat(can(Action.APPEND).operations()).containsExactly(Operation.APPEND);
        assertThat(RECORDS.removals()).containsExactly(OnRemoved.NOTHING, OnRemoved.CLEAR, OnRemoved.DELETE);
        assertThat(MEMBERS.removals()).containsExactly(OnRemoved.NOTHING, OnRemoved.DELETE);
    }
}
