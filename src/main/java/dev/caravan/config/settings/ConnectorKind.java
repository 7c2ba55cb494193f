package dev.caravan.config.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A connector as far as {@code caravan.yaml} is concerned: what a connection on it is used for and what its entry may say.
 *
 * @param source whether models can be read from it
 * @param destination whether mappings can write to it
 * @param keys the keys of a connection on it, beside {@code connector} and, for destinations, {@code limits} and {@code zombie_window}
 */
public record ConnectorKind(String name, boolean source, boolean destination, List<Key> keys) {

    public ConnectorKind {
        keys = List.copyOf(keys);
    }

    /**
     * One key of a connection.
     *
     * @param secret whether its value must stand elsewhere and is never shown
     * @param required whether a connection without it is refused, where {@code when} holds; never together with a value by default
     * @param when other keys, each with the values of which it has one where this is required; none for always
     * @param byDefault its value where a connection has none
     * @param oneOf the only values it may have; empty for any
     * @param about what it is, in a few words, for people
     */
    public record Key(
            String name,
            Form form,
            boolean secret,
            boolean required,
            Map<String, List<String>> when,
            Optional<String> byDefault,
            List<String> oneOf,
            String about) {

        public Key {
            when = Map.copyOf(when);
            oneOf = List.copyOf(oneOf);
        }

        /** A key that is required of every connection or of none. */
        public Key(
                String name,
                Form form,
                boolean secret,
                boolean required,
                Optional<String> byDefault,
                List<String> oneOf,
                String about) {
            this(name, form, secret, required, Map.of(), byDefault, oneOf, about);
        }

        /** Whether every connection must have it. */
        public boolean always() {
            return required && when.isEmpty();
        }

        /** A key that every connection must have. */
        public static Key required(String name, Form form, String about) {
            return new Key(name, form, false, true, Optional.empty(), List.of(), about);
        }

        /** A key that every connection must have, its value elsewhere. */
        public static Key secret(String name, String about) {
            return new Key(name, Form.TEXT, true, true, Optional.empty(), List.of(), about);
        }

        /** A key that a connection may have. */
        public static Key optional(String name, Form form, String about) {
            return new Key(name, form, false, false, Optional.empty(), List.of(), about);
        }
    }

    /** What a value is to look like. What stands elsewhere is held against it when it is looked up. */
    public enum Form {
        TEXT,
        /** An {@code http} or {@code https} address, with a path perhaps. */
        ADDRESS,
        /** A whole number. */
        NUMBER,
        /** True or false. */
        FLAG,
        /** A path, relative to the workspace. */
        PATH
    }
}
