package dev.caravan.destination;

import dev.caravan.mapping.Target;
import dev.caravan.mapping.Target.OnRemoved;
import dev.caravan.mapping.Target.Operation;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What can be done with one object of a destination, said once and held by tests in both directions: what is listed works, what is not
 * is refused before a plan is made.
 *
 * @param actions each possible action with how much of it goes at once
 */
public record Capabilities(Map<Action, Ability> actions) {

    /** Nothing at all: an object that is not known. */
    public static final Capabilities NONE = new Capabilities(Map.of());

    public Capabilities {
        actions = Map.copyOf(actions);
    }

    /**
     * How an action travels.
     *
     * @param batchRows the most records in a batch
     * @param jobRows the most records in a staged job; 0 if it has none
     * @param jobFrom from how many planned records on a job is cheaper than batches
     * @param dedupeWindow how long after the first request the destination still knows a repeated append for one; empty if for ever
     * @param whole whether a record takes the place of the one before as a whole, so that a change carries unchanged fields too
     * @param identifiers of members: the fields, beside the key, by which the destination knows them
     * @param rekeys which keys of a record that is known by its id can be changed, in batches
     */
    public record Ability(
            int batchRows,
            int jobRows,
            int jobFrom,
            Optional<Duration> dedupeWindow,
            boolean whole,
            Set<String> identifiers,
            Rekeys rekeys) {

        public Ability {
            identifiers = Set.copyOf(identifiers);
        }

        /** Of records that keep the fields that a change does not carry, and their keys. */
        public Ability(int batchRows, int jobRows, int jobFrom, Optional<Duration> dedupeWindow) {
            this(batchRows, jobRows, jobFrom, dedupeWindow, false, Set.of(), Rekeys.NONE);
        }

        /** The same of records that are replaced as a whole. */
        public Ability ofWholes() {
            return ofWholes(identifiers);
        }

        /** The same of members that are known by these. */
        public Ability ofWholes(Set<String> fields) {
            return new Ability(batchRows, jobRows, jobFrom, dedupeWindow, true, fields, rekeys);
        }

        /** The same of records that can be given another key. */
        public Ability that(Rekeys how) {
            return new Ability(batchRows, jobRows, jobFrom, dedupeWindow, whole, identifiers, how);
        }

        /** The same where no more records than this may go together. */
        public Ability upTo(int rows) {
            return new Ability(
                    Math.min(batchRows, rows),
                    Math.min(jobRows, rows),
                    jobFrom,
                    dedupeWindow,
                    whole,
                    identifiers,
                    rekeys);
        }

        /** Batches alone. */
        public static Ability batches(int rows) {
            return new Ability(rows, 0, 0, Optional.empty());
        }
    }

    /**
     * Which keys can be changed.
     *
     * @param fixed those of them that cannot
     */
    public record Rekeys(boolean any, Set<String> fixed) {

        public static final Rekeys NONE = new Rekeys(false, Set.of());
        public static final Rekeys ALL = new Rekeys(true, Set.of());

        public Rekeys {
            fixed = Set.copyOf(fixed);
        }

        /** Whether a record can be given another key in this field. */
        public boolean can(String field) {
            return any && !fixed.contains(field);
        }
    }

    /** The same ability for each of these. */
    public static Capabilities all(Set<Action> actions, Ability ability) {
        return new Capabilities(actions.stream().collect(Collectors.toMap(action -> action, action -> ability)));
    }

    /** The same where this action can give a record that is known by its id another key. */
    public Capabilities rekeyingBy(Action action) {
        Map<Action, Ability> all = new EnumMap<>(actions);
        all.computeIfPresent(action, (same, ability) -> ability.that(Rekeys.ALL));
        return new Capabilities(all);
    }

    /** The same where no more records than this may go together. */
    public Capabilities upTo(int rows) {
        Map<Action, Ability> all = new EnumMap<>(Action.class);
        actions.forEach((action, ability) -> all.put(action, ability.upTo(rows)));
        return new Capabilities(all);
    }

    /** Whether it can be done. */
    public boolean can(Action action) {
        return actions.containsKey(action);
    }

    /** How it travels; of what cannot be done one row at a time, lest who asks first is the one that breaks. */
    public Ability of(Action action) {
        return actions.getOrDefault(action, Ability.batches(1));
    }

    /** Whether the object has members, which come and go, instead of records. */
    public boolean isMembership() {
        return can(Action.ADD) || can(Action.REMOVE);
    }

    /** What an operation does with added and changed rows. */
    public Action saving(Operation operation) {
        return switch (operation) {
            case UPSERT -> Action.UPSERT;
            case UPDATE -> Action.UPDATE;
            case INSERT -> Action.INSERT;
            case MIRROR -> isMembership() ? Action.ADD : Action.UPSERT;
            case ADD -> Action.ADD;
            case REMOVE -> Action.REMOVE;
            case APPEND -> Action.APPEND;
        };
    }

    /**
     * What gives a record another key: what the operation does anyway, which makes the record anew where it is gone, else an update. Empty
     * if nothing can.
     */
    public Optional<Action> rekeying(Operation operation, String keyField) {
        return switch (operation) {
            case UPSERT, UPDATE, MIRROR ->
                Stream.of(saving(operation), Action.UPDATE)
                        .filter(action -> of(action).rekeys().can(keyField))
                        .findFirst();
            case INSERT, ADD, REMOVE, APPEND -> Optional.empty();
        };
    }

    /** What is done with the records of keys that left, with or without their ids at hand; empty if nothing. */
    public Optional<Action> removing(Target target, boolean byId) {
        return switch (target.onRemoved()) {
            case NOTHING -> Optional.empty();
            case DELETE -> Optional.of(isMembership() ? Action.REMOVE : Action.DELETE);
            case ARCHIVE -> Optional.of(Action.ARCHIVE);
            // By id a record that is gone stays gone; by key it can only be upserted.
            case CLEAR -> Optional.of(byId && can(Action.UPDATE) ? Action.UPDATE : saving(target.operation()));
        };
    }

    /** What the target asks for and cannot be done; empty if all can. */
    public Set<Action> missing(Target target) {
        Stream<Action> asked = Stream.concat(Stream.of(saving(target.operation())), removing(target, true).stream());
        return asked.filter(action -> !can(action))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Action.class)));
    }

    /** What of it can be asked for, in the words of a mapping. */
    public Set<Operation> operations() {
        EnumSet<Operation> operations = EnumSet.noneOf(Operation.class);
        for (Operation operation : Operation.values()) {
            boolean removes = operation != Operation.MIRROR || can(isMembership() ? Action.REMOVE : Action.DELETE);
            if (can(saving(operation)) && removes) {
                operations.add(operation);
            }
        }
        return operations;
    }

    /** What can be done about keys that left, in the words of a mapping. */
    public Set<OnRemoved> removals() {
        EnumMap<OnRemoved, Boolean> can = new EnumMap<>(OnRemoved.class);
        can.put(OnRemoved.NOTHING, true);
        can.put(OnRemoved.CLEAR, can(Action.UPSERT) || can(Action.UPDATE));
        can.put(OnRemoved.ARCHIVE, can(Action.ARCHIVE));
        can.put(OnRemoved.DELETE, can(Action.DELETE) || can(Action.REMOVE));
        return can.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(OnRemoved.class)));
    }
}
