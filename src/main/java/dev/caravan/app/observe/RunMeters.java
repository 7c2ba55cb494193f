package dev.caravan.app.observe;

import dev.caravan.ledger.Scope;
import dev.caravan.mapping.MappingId;
import dev.caravan.pipeline.RunListener;
import dev.caravan.recovery.Recovered;
import dev.caravan.run.Run;
import dev.caravan.telemetry.Meters;
import java.util.Set;
import java.util.stream.Collectors;

/** Hands what runs tell to the metrics, which, as an adapter, does not know the pipeline. */
public final class RunMeters implements RunListener {

    private final Meters meters;

    public RunMeters(Meters meters) {
        this.meters = meters;
    }

    @Override
    public void ended(Run run) {
        meters.ended(run);
    }

    @Override
    public void recovered(MappingId mapping, Recovered recovered) {
        meters.recovered(mapping.value(), recovered.resolved() + recovered.unknown());
    }

    @Override
    public void unresolved(MappingId mapping, long keys) {
        meters.unresolved(mapping.value(), keys);
    }

    @Override
    public void paused(Set<Scope> scopes) {
        meters.paused(scopes.stream().map(Scope::text).collect(Collectors.toSet()));
    }

    @Override
    public void mismatch(Run run) {
        meters.mismatch(run);
    }
}
