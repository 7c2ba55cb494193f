package dev.caravan.app;

import dev.caravan.contract.CheckResult.Quarantined;
import dev.caravan.guard.Verdict;
import dev.caravan.ledger.Fate;
import dev.caravan.mapping.MappingId;
import dev.caravan.plan.PlanSummary;
import dev.caravan.run.Accounting;
import dev.caravan.run.Rejection;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code plan}, {@code sync}, {@code approve} and {@code show} print. As JSON its names are part of the interface: {@code run},
 * {@code mapping}, {@code state}, {@code rows}, {@code invalid}, {@code planned} ({@code add}, {@code change}, {@code remove}),
 * {@code accepted}, {@code rejected}, {@code held}, {@code unknown}, {@code superseded}, {@code requests}, {@code seconds},
 * {@code plan}, {@code guards}.
 *
 * @param state {@code planned}, {@code done}, {@code held} or {@code failed}
 * @param seconds wall time from claim to end
 * @param plan the plan's hash; empty if the run ended before there was one
 * @param planRun the run that made the plan: an earlier one where a plan waits already, and then all figures are that plan's, but
 *     for the rows that were read and that are invalid; 0 without a plan
 * @param rejections what the destination refused, by its code and field
 * @param heldBy rows that are held by the reason, the most frequent first; empty where the whole plan waits
 * @param fate what became of the held plan since
 * @param summary the whole plan summary, where a plan was made
 * @param expires when a held plan expires
 * @param error one line with a code, if the run failed
 * @param quarantined the first rows that are invalid, with their reasons: only where they were asked for, since nothing keeps them
 */
public record SyncReport(
        long run,
        MappingId mapping,
        String state,
        long rows,
        long invalid,
        long add,
        long change,
        long remove,
        Accounting accounting,
        long requests,
        double seconds,
        String plan,
        List<Verdict> guards,
        long planRun,
        List<Rejection> rejections,
        Map<String, Long> heldBy,
        Optional<Fate> fate,
        Optional<PlanSummary> summary,
        Optional<Instant> expires,
        @Nullable String error,
        List<Quarantined> quarantined) {

    public SyncReport {
        guards = List.copyOf(guards);
        rejections = List.copyOf(rejections);
        heldBy = Collections.unmodifiableMap(new LinkedHashMap<>(heldBy));
        quarantined = List.copyOf(quarantined);
    }
}
