package dev.caravan.config.settings;

import java.util.Optional;

/** Where {@code {{env:NAME}}} placeholders get their values. Asked at each use, by any thread. */
@FunctionalInterface
public interface Environment {

    /** The environment of this process. */
    Environment PROCESS = name -> Optional.ofNullable(System.getenv(name));

    /** The value of a variable; empty when it is not set. */
    Optional<String> variable(String name);
}
