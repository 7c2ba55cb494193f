package dev.caravan.sandbox;

import dev.caravan.sandbox.fault.Faults;
import dev.caravan.sandbox.salesforce.bulk.Jobs;
import java.util.List;
import java.util.Map;

/**
 * Where the sandbox stands, at one moment.
 *
 * @param organisation 18-character organisation id
 * @param records live records by object
 * @param requests API requests served or dropped, log-ins included, control requests not
 * @param requestsByOperation the same by operation, for example {@code collections.upsert}
 * @param logins successful log-ins
 * @param apiUsage requests counted against the daily allowance
 * @param writes rows applied so far
 * @param jobs bulk jobs, newest last
 * @param faults rules in force or spent
 */
public record SandboxState(
        String organisation,
        Map<String, Integer> records,
        long requests,
        Map<String, Long> requestsByOperation,
        long logins,
        int apiUsage,
        int apiMaximum,
        int writes,
        List<Jobs.Summary> jobs,
        List<Faults.Status> faults) {}
