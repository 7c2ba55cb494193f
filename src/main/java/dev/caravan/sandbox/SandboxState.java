package dev.caravan.sandbox;

import dev.caravan.sandbox.fault.Faults;
import dev.caravan.sandbox.salesforce.bulk.Jobs;
import dev.caravan.sandbox.vendor.Vendors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the sandbox stands, at one moment.
 *
 * @param organisation 18-character organisation id
 * @param records live records of Salesforce by object
 * @param requests API requests served or dropped, log-ins included, control requests not
 * @param requestsByOperation the same by operation, for example {@code collections.upsert}
 * @param logins successful log-ins to Salesforce
 * @param apiUsage requests counted against the daily allowance of Salesforce
 * @param writes rows applied so far, in all APIs
 * @param jobs bulk jobs, newest last
 * @param faults rules in force or spent
 * @param vendors the other APIs, by name
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
        List<Faults.Status> faults,
        Map<String, VendorState> vendors) {

    /** Where one API beside Salesforce stands. */
    public record VendorState(Map<String, Integer> records, long logins, Map<String, Object> settings) {}

    static Map<String, VendorState> of(Vendors vendors) {
        Map<String, VendorState> states = new LinkedHashMap<>();
        vendors.all()
                .forEach(vendor -> states.put(
                        vendor.name(),
                        new VendorState(
                                vendor.counts(),
                                vendor.logins(),
                                vendor.settings().all())));
        return states;
    }
}
