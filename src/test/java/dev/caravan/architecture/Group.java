package dev.caravan.architecture;

/** The floors of the house, from the ground up. What a floor may import is in {@link House}. */
enum Group {
    /** Values, keys and problems: what every other package speaks in. */
    KERNEL,
    /** What a sync is, without saying how anything is reached. */
    DOMAIN,
    /** What the domain asks of the world outside. */
    PORT,
    /** How ports are used safely. */
    MECHANISM,
    /** How a port is met by one library, engine, store or API. */
    ADAPTER,
    /** The steps that the routes name. */
    ORCHESTRATION,
    /** Where a process starts and where people come in. */
    EDGE
}
