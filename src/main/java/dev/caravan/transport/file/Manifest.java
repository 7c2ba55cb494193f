package dev.caravan.transport.file;

import java.util.Optional;

/**
 * What is known of a file. While a generation is being published both are named, so that at any moment the file is one of those that its
 * manifest names.
 *
 * @param current the generation that was published last; empty before the first
 * @param next the one whose publication has begun
 */
record Manifest(Optional<Generation> current, Optional<Generation> next) {

    static final Manifest NONE = new Manifest(Optional.empty(), Optional.empty());

    static Manifest at(Generation current) {
        return new Manifest(Optional.of(current), Optional.empty());
    }

    Manifest announcing(Generation coming) {
        return new Manifest(current, Optional.of(coming));
    }

    long number() {
        return current.map(Generation::number).orElse(0L);
    }
}
