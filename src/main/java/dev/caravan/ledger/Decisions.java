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
     * @param at by the clock of whoever said it: shown and audited, but nothing is measured by it
     */
    record Decision(String who, String why, Instant at) {}

    /** What a person's word makes of a held plan. */
    enum Ruling {
        /** It may be sent. */
        APPROVED,
        /** It was approved, but what it stands on has moved: nobody may send it, nor any part of it. */
        OVERTAKEN,
        /** It may not be sent. */
        REJECTED
    }

    /**
     * Records an approval or a rejection of a held plan; {@code InvalidInput} ({@code plan.not_open}) if it is not held, or if it is
     * approved after its time by the ledger's clock.
     */
    void decide(Plan plan, Ruling ruling, Decision decision);

    /**
     * Lets held plans that are past their time expire.
     *
     * @return how many did
     */
    int expire(Instant now);

    /**
     * Stops whatever the scope covers from starting runs and from sending (invariant I16). Survives restarts.
     *
     * @return the pause of this very scope that holds already, and goes on holding as it is; empty if this one is new
     */
    Optional<Pause> pause(Scope scope, Decision decision);

    /**
     * Lifts the pause of this very scope; others that cover the same mappings stay.
     *
     * @return the pause that was lifted; empty if there was none, and nothing is done
     */
    Optional<Pause> resume(Scope scope, Decision decision);

    /** Every pause that holds, the widest first, then by name. One small read: asked several times a second. */
    List<Pause> pauses();

    /**
     * Forgets what the ledger holds against a fresh start of a mapping: standing rejections, held plans, and batches without
     * outcomes, which end as unknown, now by the ledger's clock, and are never asked about again. History stays.
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
