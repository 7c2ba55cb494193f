package dev.caravan.ledger;

import dev.caravan.delivery.Batches;
import dev.caravan.destination.Action;
import dev.caravan.destination.IdempotencyClass;
import dev.caravan.guard.Verdict;
import dev.caravan.ledger.Deliveries.Intent;
import dev.caravan.mapping.MappingId;
import dev.caravan.plan.Cause;
import dev.caravan.plan.Plan;
import dev.caravan.plan.PlanState;
import dev.caravan.plan.PlanSummary;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.plan.PlannedWrite.Kind;
import dev.caravan.row.Row;
import dev.caravan.row.RowKey;
import dev.caravan.row.Value;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/** Plan rows, plans and intents for tests. */
public final class Planned {

    public static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");
    public static final MappingId LEADS = new MappingId("growth/leads");
    public static final MappingId CONTACTS = new MappingId("growth/contacts");
    public static final String DEFINITION = "[{\"field\":\"Score__c\",\"column\":\"score\"}]";

    private Planned() {}

    /** A row whose values depend on its ordinal alone. */
    public static PlannedWrite row(long ordinal, Kind kind) {
        return row(ordinal, kind, ordinal * 31, Optional.empty());
    }

    public static PlannedWrite heldRow(long ordinal, String reason) {
        return row(ordinal, Kind.CHANGE, ordinal * 31, Optional.of(reason));
    }

    public static PlannedWrite row(long ordinal, Kind kind, Long hash, Optional<String> held) {
        boolean removal = kind == Kind.REMOVE;
        Map<String, Value> fields = new LinkedHashMap<>();
        if (!removal) {
            fields.put("Score__c", new Value.Decimal(new BigDecimal("0.25").add(BigDecimal.valueOf(ordinal))));
            fields.put("Company", new Value.Text("Ünïted \"Widgets\" | " + ordinal));
            fields.put("Email", Value.ofNull());
        }
        return new PlannedWrite(
                ordinal,
                key(ordinal),
                kind,
                removal ? Cause.REMOVED : kind == Kind.ADD ? Cause.NEW : Cause.MODEL,
                new Value.Text("k" + ordinal),
                kind == Kind.ADD ? null : "00Q" + ordinal,
                kind == Kind.REMOVE,
                fields,
                kind == Kind.CHANGE ? Map.of("Score__c", new Value.Real(0.5)) : Map.of(),
                removal
                        ? Row.EMPTY
                        : new Row(Map.of("at", new Value.ZonedTimestamp(NOON), "score", new Value.Int(ordinal))),
                removal ? null : hash,
                kind == Kind.CHANGE ? Map.of("Rating", new Value.Text("Hot")) : Map.of(),
                held);
    }

    /** Keys in the order of their ordinals. */
    public static RowKey key(long ordinal) {
        return new RowKey("s:k%08d|i:7".formatted(ordinal));
    }

    public static List<PlannedWrite> rows(long from, long to) {
        return LongStream.range(from, to).mapToObj(i -> row(i, Kind.ADD)).toList();
    }

    /** A plan of these rows, in pages of two. */
    public static Batches.Pages pages(List<PlannedWrite> rows) {
        return (after, most) -> rows.stream()
                .filter(row -> row.ordinal() > after)
                .limit(Math.min(most, 2))
                .toList();
    }

    public static Plan plan(MappingId mapping, long run, String hash, PlanState state) {
        PlanSummary summary = new PlanSummary(
                10,
                1,
                Map.of("null_key", 1L),
                3,
                2,
                1,
                "clear",
                4,
                0,
                0,
                0,
                Map.of("Score__c", 5L),
                List.of(new PlanSummary.Sample(
                        "k1",
                        Kind.CHANGE,
                        Cause.MODEL,
                        List.of(new PlanSummary.FieldChange("Score__c", null, new Value.Decimal(BigDecimal.ONE))),
                        null)),
                new PlanSummary.Cost(2, "batches of 200", -1, -1),
                0);
        return new Plan(
                hash,
                mapping,
                run,
                new Plan.Base("0123456789ab", "00D1/Lead/Lead_Id__c", 4),
                DEFINITION,
                state,
                summary,
                List.of(
                        new Verdict.Allowed("empty_read", "10 rows"),
                        new Verdict.Dropped("null_overwrite", "Email", 3, "3 of 4"),
                        new Verdict.Held("max_changed", "60 % of 30 %")),
                NOON,
                NOON.plus(Duration.ofHours(24)));
    }

    public static Intent upsert(long... ordinals) {
        return new Intent(
                Action.UPSERT,
                false,
                IdempotencyClass.A,
                LongStream.of(ordinals).boxed().toList());
    }

    public static Intent job(long... ordinals) {
        return new Intent(
                Action.UPSERT,
                true,
                IdempotencyClass.D,
                LongStream.of(ordinals).boxed().toList());
    }
}
