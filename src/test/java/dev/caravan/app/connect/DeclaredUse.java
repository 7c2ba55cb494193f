package dev.caravan.app.connect;

import dev.caravan.connector.declared.Bed;
import dev.caravan.delivery.link.ConnectionLimits;
import java.util.Map;
import java.util.Optional;

/** What a connection on one of the project's own connectors may use. */
public final class DeclaredUse {

    private DeclaredUse() {}

    /** With these settings, and no limits of its own. */
    public static ConnectionLimits of(String connector, Map<String, String> settings) {
        return DeclaredLimits.of(Bed.ownSpec(connector).limits(), settings, Optional.empty());
    }
}
