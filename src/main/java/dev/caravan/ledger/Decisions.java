package dev.caravan.ledger;

import dev.caravan.mapping.MappingId;
import dev.caravan.plan.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What people decide: approvals, rejections, pauses, resets. Each leaves an audit entry. */
public interface Decisions {

    /**
     * A person's word on something.
     *
     * @param why may be empty
     */
    record Decision(String who, String why, Instant at) {}

    /** Records an approval or a rejection of a held plan; {@code InvalidInput} ({@code plan.not_open}) if it is not held. */
    void decide(Plan plan, boolean approve, Decision decision);

    /**
     * Lets held plans that are past their time expire.
     *
     * @return how many did
     */
    int expire(Instant now);

    /** Stops a mapping from starting runs and from sending. Survives restarts. */
    void pause(MappingId mapping, Decision decision);

    /** Lifts a pause; does nothing if there is none. */
    void resume(MappingId mapping, Decision decision);

    /** The pause of a mapping, if it is paused. */
    Optional<Decision> paused(MappingId mapping);

    /**
     * Forgets what the ledger holds against a fresh start of a mapping: standing rejections, held plans, and batches without
     * outcomes, which end as unknown and are never asked about again. History stays.
     */
    void reset(MappingId mapping, Decision decision);

    /** Audit entries, newest first. */
    List<AuditEntry> audit(int limit);

    /**
     * One entry.
     *
     * @param action a stable word such as {@code approve}
     */
    record AuditEntry(long id, Instant at, String who, String action, String subject, String why) {}
}
