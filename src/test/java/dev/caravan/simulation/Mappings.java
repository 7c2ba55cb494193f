package dev.caravan.simulation;

import dev.caravan.contract.Contract;
import dev.caravan.destination.IdempotencyClass;
import dev.caravan.guard.Guardrails;
import dev.caravan.mapping.FieldRule;
import dev.caravan.mapping.FieldSet;
import dev.caravan.mapping.FieldSource;
import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.Target;
import dev.caravan.mapping.TargetKey;
import dev.caravan.model.Model;
import dev.caravan.model.Reading;
import dev.caravan.problem.Place;
import dev.caravan.row.Value;
import dev.caravan.snapshot.Known;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The mappings that are simulated: a field, one with a dead band where records change, no guard that would hold, removals where the class knows them. */
final class Mappings {

    private static final Place PLACE = Place.ofFile("mappings/simulated.yaml");
    /** Scores that differ by less are not sent. */
    static final long DEAD_BAND = 10;

    /** A few rounds. */
    private static final Duration RESEND_EVERY = Duration.ofMinutes(15);

    private static final BigDecimal ALL = new BigDecimal(1_000);

    private static final Guardrails GUARDRAILS = new Guardrails(
            Optional.of(ALL),
            Optional.of(ALL),
            Optional.of(ALL),
            Optional.of(BigDecimal.ZERO),
            Optional.of(1_000L),
            Optional.of(new BigDecimal("0.34")),
            Map.of("Score", new Guardrails.FieldLimits(Optional.of(new BigDecimal(DEAD_BAND)))));

    private Mappings() {}

    /**
     * The mapping of a sync.
     *
     * @param calm whether nothing is sent again for its age
     */
    static Mapping of(World.Sync sync, Plants plants, boolean calm) {
        IdempotencyClass idempotency = sync.idempotency();
        boolean expires = !calm && (idempotency == IdempotencyClass.A || idempotency == IdempotencyClass.C);
        boolean appends = WorkerProcess.appends(idempotency);
        Target target = new Target(
                "crm-" + sync.id(),
                "Thing",
                appends ? Target.Operation.INSERT : Target.Operation.UPSERT,
                TargetKey.of("Key"),
                new FieldSource.Column("id"),
                appends ? Target.OnRemoved.NOTHING : Target.OnRemoved.DELETE,
                plants.onUnknown(),
                Target.OnRekeyed.HOLD,
                expires ? Optional.of(RESEND_EVERY) : Optional.empty(),
                true,
                idempotency == IdempotencyClass.D ? Target.Strategy.JOB : Target.Strategy.BATCH,
                PLACE,
                PLACE);
        List<FieldRule> fields =
                appends ? List.of(rule("Value", "v")) : List.of(rule("Value", "v"), rule("Score", "score"));
        return new Mapping(
                sync.id(),
                "",
                "",
                new Model(
                        "warehouse",
                        new Reading.Table(sync.id().value()),
                        List.of("id"),
                        Map.of(),
                        Optional.empty(),
                        PLACE),
                Optional.empty(),
                new Contract(List.of(), Optional.empty(), Optional.empty(), Optional.empty(), BigDecimal.ZERO),
                target,
                new FieldSet(fields, "fields", "v-fields"),
                GUARDRAILS,
                PLACE);
    }

    /** The value that a snapshot says the destination holds. */
    static Optional<String> value(Known known) {
        return Optional.ofNullable(known.image().values().get("v")).map(Value::text);
    }

    /** The score that it says the destination holds: what was withheld since is not there yet. */
    static Optional<String> score(Known known) {
        Value score =
                known.withheld().getOrDefault("Score", known.image().values().get("score"));
        return Optional.ofNullable(score).map(Value::text);
    }

    private static FieldRule rule(String field, String column) {
        return new FieldRule(
                field, new FieldSource.Column(column), Optional.empty(), true, FieldRule.WhenEmpty.CLEAR, false, PLACE);
    }
}
