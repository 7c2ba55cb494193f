package dev.caravan.transport.camel.auth;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Secrets as they were read for one log-in, so that all of it shows the same. In memory only; never shown to anybody else. */
final class Shown {

    private final IdentityHashMap<Supplier<String>, String> bySource = new IdentityHashMap<>();
    private final List<String> values;

    private Shown(List<Supplier<String>> sources) {
        sources.forEach(source -> bySource.put(source, source.get()));
        values = sources.stream().map(this::of).toList();
    }

    /** Reads them; throws what a supplier throws. */
    static Shown read(List<Supplier<String>> sources) {
        return new Shown(sources);
    }

    String of(Supplier<String> source) {
        return Objects.requireNonNull(bySource.get(source), "a secret that was not read");
    }

    /** Hides all of them, and more. */
    Veil veil(String... further) {
        return Veil.of(Stream.concat(values.stream(), Stream.of(further)).toList());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shown shown && values.equals(shown.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return "Shown[…]";
    }
}
