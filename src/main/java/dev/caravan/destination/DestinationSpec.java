package dev.caravan.destination;

import java.time.Duration;

/**
 * What holds of a connection whatever is written there.
 *
 * @param name the connector's name in caravan.yaml
 * @param zombieWindow how long a request whose answer was lost may still take effect (invariant I8); the connection's own word where its
 *     declaration has one
 */
public record DestinationSpec(String name, Duration zombieWindow) {}
