package dev.caravan.normalise;

import dev.caravan.normalise.Named.Kind;
import dev.caravan.normalise.Normalised.Blank;
import dev.caravan.normalise.Normalised.Unusable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A compiled pipe. Pure: the same text gives the same result, on any machine and in any thread. */
public final class Normaliser {

    private final List<Part> parts;

    Normaliser(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /**
     * A step of a pipe.
     *
     * @param country its argument
     */
    record Part(Named named, Optional<String> country) {}

    /** The text through all steps. */
    public Normalised apply(String text) {
        return apply(text, Optional.empty());
    }

    /**
     * The text through all steps.
     *
     * @param country what the row says about where it belongs, in two or three letters; it goes before the pipe's own
     */
    public Normalised apply(String text, Optional<String> country) {
        if (Texts.strip(text).isEmpty()) {
            return Blank.INSTANCE;
        }
        if (Texts.broken(text)) {
            return new Unusable("broken_text");
        }
        if (Hashes.isHash(text) && parts.stream().anyMatch(part -> part.named().refusesHashes())) {
            return new Unusable("already_hashed");
        }
        Optional<String> row = country.filter(given -> !Texts.strip(given).isEmpty());
        Normalised result = new Normalised.Text(text);
        for (Part part : parts) {
            if (!(result instanceof Normalised.Text(String so))) {
                return result;
            }
            result = part.named().step().apply(so, row.or(part::country));
        }
        return result;
    }

    /**
     * A value that somebody else normalised and hashed, 64 hex digits, written as this pipe writes its hashes. Only for pipes of
     * which {@link #platform} is empty: what was hashed for one platform cannot be turned into the form of another.
     */
    public Normalised ofHash(String hash) {
        if (Texts.strip(hash).isEmpty()) {
            return Blank.INSTANCE;
        }
        return Hashes.isHash(hash) ? Hashes.rewritten(hash, parts.getLast().named()) : new Unusable("not_a_hash");
    }

    /** Whether what comes out is a hash. */
    public boolean hashes() {
        return parts.getLast().named().kind() == Kind.HASH;
    }

    /** Whether it does nothing but hash. */
    public boolean onlyHashes() {
        return hashes() && parts.size() == 1;
    }

    /** Whether this makes of the same text what the other makes, given the same country. */
    public boolean writesLike(Normaliser other) {
        return names().equals(other.names());
    }

    /** Whether both write hashes, and write them alike. */
    public boolean hashesLike(Normaliser other) {
        return hashes()
                && other.hashes()
                && names().getLast().equals(other.names().getLast());
    }

    private List<String> names() {
        return parts.stream().map(part -> part.named().name()).toList();
    }

    /** Whether a country changes what comes out. */
    public boolean usesCountry() {
        return parts.stream().anyMatch(part -> part.named().country());
    }

    /** Whose rules it follows: {@code google}, {@code meta}; empty where they are nobody's in particular. */
    public Optional<String> platform() {
        return parts.stream().flatMap(part -> part.named().platform().stream()).findFirst();
    }

    /** The pipe as text: two with the same text give the same results. */
    public String text() {
        return parts.stream()
                .map(part -> part.named().name()
                        + part.country().map(code -> ": " + code).orElse(""))
                .collect(Collectors.joining(" | "));
    }

    @Override
    public String toString() {
        return text();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Normaliser that && text().equals(that.text());
    }

    @Override
    public int hashCode() {
        return text().hashCode();
    }
}
