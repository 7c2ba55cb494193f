package dev.caravan.connector.salesforce;

import java.time.Duration;

/**
 * How much goes into one request or job.
 *
 * @param batchRows records in a collections request; Salesforce takes 200
 * @param jobRows records in a job
 * @param jobFrom from how many records on a job is cheaper; Salesforce advises 2,000
 * @param jobBytes bytes of a job's upload. Its results repeat the columns sent, so they are larger: with these defaults they
 *     stay under 40 MB, which a transport can hold
 * @param requestTimeout for one request; Salesforce itself gives up after ten minutes
 */
public record SalesforceLimits(int batchRows, int jobRows, int jobFrom, int jobBytes, Duration requestTimeout) {

    /** What suits an org of any edition. */
    public static final SalesforceLimits DEFAULT =
            new SalesforceLimits(200, 50_000, 2_000, 24 * 1024 * 1024, Duration.ofMinutes(2));

    public SalesforceLimits {
        if (batchRows < 1 || batchRows > 200 || jobRows < 1 || jobFrom < 1 || jobBytes < 1) {
            throw new IllegalArgumentException("a request holds 1 to 200 records, a job at least one");
        }
    }
}
