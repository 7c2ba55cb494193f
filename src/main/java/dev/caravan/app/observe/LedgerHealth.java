package dev.caravan.app.observe;

import dev.caravan.problem.CaravanException;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Whether the ledger answers. Without it nothing may be sent, so the worker is not ready; a restart would not help, so it is live. */
public final class LedgerHealth extends AbstractHealthCheck {

    private final Runnable read;

    /** A check by a small read, which throws if the ledger cannot be read. */
    public LedgerHealth(Runnable read) {
        super("caravan", "ledger");
        this.read = read;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        try {
            read.run();
            builder.up();
        } catch (CaravanException failure) {
            builder.message(failure.problems().getFirst().oneLine()).down();
        }
    }
}
