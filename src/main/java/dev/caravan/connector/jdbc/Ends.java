package dev.caravan.connector.jdbc;

import dev.caravan.connector.jdbc.Group.Form;
import dev.caravan.destination.Outcome;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What has come of a batch's rows so far. One conversation, one thread. */
final class Ends {

    private final Map<Integer, Outcome> outcomes = new LinkedHashMap<>();
    private final Map<Item, Unwritten> unwritten = new LinkedHashMap<>();

    /** Of a row that was not written: how it was tried, and why it was refused, if it was. */
    record Unwritten(Form form, @Nullable Outcome refusal) {}

    void settle(Item item, Outcome outcome) {
        outcomes.put(item.index(), outcome);
    }

    void unwritten(Item item, Group group) {
        unwritten.put(item, new Unwritten(group.form(), null));
    }

    void refused(Item item, Group group, Outcome refusal) {
        unwritten.put(item, new Unwritten(group.form(), refusal));
    }

    Map<Integer, Outcome> outcomes() {
        return outcomes;
    }

    /** The rows of which has to be asked whether they are there. */
    Map<Item, Unwritten> unwritten() {
        return unwritten;
    }

    Optional<Outcome> refusal(Item item) {
        return Optional.ofNullable(Objects.requireNonNull(unwritten.get(item)).refusal());
    }

    Form form(Item item) {
        return Objects.requireNonNull(unwritten.get(item)).form();
    }
}
