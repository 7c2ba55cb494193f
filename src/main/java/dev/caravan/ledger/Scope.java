package dev.caravan.ledger;

import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.MappingId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a pause stops. Its text is stable: stores, audit, API and metrics carry it. */
public sealed interface Scope {

    /** Every mapping and every connection. */
    record All() implements Scope {}

    /** Whatever is written to a connection or read from it. */
    record OnConnection(String name) implements Scope {

        private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]+");

        /** Only of what a connection can be called, so that the text can be printed anywhere. */
        public OnConnection {
            if (!FORM.matcher(name).matches()) {
                throw new IllegalArgumentException("not a connection's name");
            }
        }
    }

    /** One mapping's runs. */
    record OnMapping(MappingId mapping) implements Scope {}

    /** The scopes that stop a mapping, the widest first. */
    static List<Scope> over(Mapping mapping) {
        return List.of(
                new All(),
                new OnConnection(mapping.target().connection()),
                new OnConnection(mapping.model().connection()),
                new OnMapping(mapping.id()));
    }

    /** The scopes that stop every request to a connection. */
    static List<Scope> over(String connection) {
        return List.of(new All(), new OnConnection(connection));
    }

    /** {@code all}, {@code connection:NAME} or {@code mapping:ID}. */
    default String text() {
        return switch (this) {
            case All all -> "all";
            case OnConnection connection -> "connection:" + connection.name();
            case OnMapping one -> "mapping:" + one.mapping();
        };
    }

    /** The scope of such a text; empty if it is none. */
    static Optional<Scope> parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return text.equals("all") ? Optional.of(new All()) : Optional.empty();
        }
        String name = text.substring(colon + 1);
        return switch (text.substring(0, colon)) {
            case "connection" ->
                OnConnection.FORM.matcher(name).matches() ? Optional.of(new OnConnection(name)) : Optional.empty();
            case "mapping" ->
                MappingId.valid(name) ? Optional.of(new OnMapping(new MappingId(name))) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** As people say it: {@code everything}, {@code connection crm}, {@code growth/lead-scores}. */
    default String words() {
        return switch (this) {
            case All all -> "everything";
            case OnConnection connection -> "connection " + connection.name();
            case OnMapping one -> one.mapping().value();
        };
    }

    /** The command that lifts a pause of it. */
    default String lifting() {
        return switch (this) {
            case All all -> "caravan resume --all";
            case OnConnection connection -> "caravan resume --connection " + connection.name();
            case OnMapping one -> "caravan resume " + one.mapping();
        };
    }
}
