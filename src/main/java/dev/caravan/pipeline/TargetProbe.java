package dev.caravan.pipeline;

import dev.caravan.delivery.Connection;
import dev.caravan.delivery.Driven;
import dev.caravan.delivery.link.StopSignal;
import dev.caravan.destination.Described;
import dev.caravan.destination.TargetIdentity;
import dev.caravan.mapping.FieldRule;
import dev.caravan.mapping.Mapping;
import dev.caravan.transport.Reply;
import java.util.stream.Collectors;

/** Asks a destination what a run asks before its first write: who it is, what the object looks like, and whether the mapping fits. */
public final class TargetProbe {

    private final TargetSession.Means means;
    private final StopSignal stop;

    /** A probe of one connection. */
    public TargetProbe(TargetSession.Means means, StopSignal stop) {
        this.means = means;
        this.stop = stop;
    }

    /**
     * Asks for one mapping. Writes nothing and keeps nothing.
     *
     * @throws dev.caravan.problem.CaravanException.InvalidInput if the destination answers, and the mapping does not fit it
     * @throws dev.caravan.problem.CaravanException.EnvironmentFailure if it does not let us in, or does not answer
     * @throws dev.caravan.problem.CaravanException.RunFailure if it was stopped meanwhile
     */
    public void look(Mapping mapping) {
        TargetCheck check = new TargetCheck(mapping);
        Connection connection = means.connection();
        Reply login = connection.login(stop, requests -> {});
        TargetIdentity identity = check.identity(connection.destination(), login);
        check.sameAs(means.ledger().target(mapping.id()), identity);
        Driven<Described> described = means.driver()
                .drive(
                        connection
                                .destination()
                                .describe(
                                        mapping.target().object(),
                                        mapping.fields().rules().stream()
                                                .map(FieldRule::field)
                                                .collect(Collectors.toUnmodifiableSet())),
                        connection.sender(identity.account(), stop, requests -> {}),
                        stop);
        check.fits(
                connection.destination(),
                check.described(described),
                means.engine().describe(mapping.model()));
    }
}
