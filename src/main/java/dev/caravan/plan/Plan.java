package dev.caravan.plan;

import dev.caravan.guard.Verdict;
import dev.caravan.mapping.MappingId;
import java.time.Instant;
import java.util.List;

/**
 * A plan without its rows, which the ledger holds.
 *
 * @param hash hex SHA-256 over mapping version, target, snapshot generation and the rows in key order; nothing
 *     time-dependent. Two plans that would write the same on the same base have the same hash
 * @param run the run that made it
 * @param base what must not have moved when it is approved
 * @param definition the field definition its rows were mapped with
 */
public record Plan(
        String hash,
        MappingId mapping,
        long run,
        Base base,
        String definition,
        PlanState state,
        PlanSummary summary,
        List<Verdict> verdicts,
        Instant created,
        Instant expires) {

    public Plan {
        verdicts = List.copyOf(verdicts);
    }

    /**
     * What a plan stands on.
     *
     * @param mappingVersion version of the fields, and after a dash of how and where they are written
     * @param target identity of account, object and key field
     * @param generation the snapshot's generation
     */
    public record Base(String mappingVersion, String target, long generation) {}
}
