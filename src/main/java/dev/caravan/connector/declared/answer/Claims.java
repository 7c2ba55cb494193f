package dev.caravan.connector.declared.answer;

import com.google.re2j.Matcher;
import dev.caravan.connector.declared.render.Errand;
import dev.caravan.connector.declared.render.Item;
import dev.caravan.connector.declared.select.Found;
import dev.caravan.connector.declared.select.Selector;
import dev.caravan.connector.declared.select.Subject;
import dev.caravan.connector.declared.spec.Join;
import dev.caravan.connector.declared.spec.Mentions;
import dev.caravan.destination.Action;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.row.KeyText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * What answers say of rows, collected. A row that is accepted twice, or accepted and refused, nobody knows, unless it is a membership and
 * both say the same; and once something is said of such a row or of none, silence means nothing any more. One thread.
 */
public final class Claims {

    /** The stable word for a row of which an answer says nothing. */
    static final String UNACCOUNTED = "unaccounted";

    private final Errand errand;
    private final List<Item> items;
    private final Map<Integer, List<Outcome>> accepted = new LinkedHashMap<>();
    private final Map<Integer, List<Outcome>> refused = new LinkedHashMap<>();
    private boolean doubtful;

    /** For the rows of one request or job. */
    public Claims(Errand errand, List<Item> items) {
        this.errand = errand;
        this.items = items;
    }

    /** Nothing may be concluded from silence: a part of what was to be said is missing. */
    public void doubt() {
        doubtful = true;
    }

    /** What these nodes of an answer say. */
    public void read(List<Mentions.Accepts> ok, List<Mentions.Refuses> fail, Subject answer, Finder finder) {
        for (Mentions.Accepts accepts : ok) {
            Finder by = finder(accepts.match(), finder);
            for (Found node : accepts.rows().all(answer.found(), answer.variables())) {
                Subject at = answer.at(node);
                if (accepts.when().map(when -> when.holds(at)).orElse(true)) {
                    meant(accepts.match(), at, by).forEach(item -> accept(item, accepts, at));
                }
            }
        }
        for (Mentions.Refuses refuses : fail) {
            Finder by = finder(refuses.match(), finder);
            for (Found node : refuses.rows().all(answer.found(), answer.variables())) {
                Subject at = answer.at(node);
                if (refuses.when().map(when -> when.holds(at)).orElse(true)) {
                    meant(refuses.match(), at, by).forEach(item -> refuse(item, refuses, at));
                }
            }
        }
    }

    private Finder finder(Mentions.Match match, Finder usual) {
        return match.by()
                .map(by -> switch (by) {
                    case KEY, SENT -> Finder.byKey(items, errand.ignoresCase());
                    case REMOTE_ID -> Finder.byId(items);
                })
                .orElse(usual);
    }

    /** The same where there is one node a row, in their order; any other number says nothing. */
    public void readInOrder(List<Mentions.Accepts> ok, List<Mentions.Refuses> fail, Subject answer) {
        for (Mentions.Accepts accepts : ok) {
            inOrder(accepts.rows(), answer, (item, at) -> {
                if (accepts.when().map(when -> when.holds(at)).orElse(true)) {
                    accept(item, accepts, at);
                }
            });
        }
        for (Mentions.Refuses refuses : fail) {
            inOrder(refuses.rows(), answer, (item, at) -> {
                if (refuses.when().map(when -> when.holds(at)).orElse(true)) {
                    refuse(item, refuses, at);
                }
            });
        }
    }

    private void inOrder(Selector rows, Subject answer, BiConsumer<Item, Subject> each) {
        List<Found> nodes = rows.all(answer.found(), answer.variables());
        if (nodes.size() != items.size()) {
            doubt();
            return;
        }
        for (int i = 0; i < nodes.size(); i++) {
            each.accept(items.get(i), answer.at(nodes.get(i)));
        }
    }

    private void accept(Item item, Mentions.Accepts accepts, Subject node) {
        accepted.computeIfAbsent(item.index(), index -> new ArrayList<>())
                .add(Acceptance.of(errand, item, accepts.accept(), node));
    }

    private void refuse(Item item, Mentions.Refuses refuses, Subject node) {
        refused.computeIfAbsent(item.index(), index -> new ArrayList<>())
                .add(Refusals.of(errand, item, refuses.refuse(), node.found()));
    }

    private List<Item> meant(Mentions.Match match, Subject node, Finder finder) {
        List<Item> meant = new ArrayList<>();
        if (!match.parts().isEmpty()) {
            key(match.parts(), node).flatMap(key -> finder.find(key, 0)).ifPresentOrElse(meant::add, this::doubt);
            return meant;
        }
        List<String> texts = match.at().texts(node.found(), node.variables());
        for (String text : texts) {
            row(match, text).flatMap(name -> finder.find(name, match.first())).ifPresentOrElse(meant::add, this::doubt);
        }
        if (texts.isEmpty()) {
            doubt();
        }
        return meant;
    }

    /** The text of a key of several fields; empty if the node lacks one of them. */
    private Optional<String> key(Map<String, Selector> parts, Subject node) {
        List<String> texts = errand.batch().key().fields().stream()
                .flatMap(field ->
                        Optional.ofNullable(parts.get(field))
                                .flatMap(at -> at.text(node.found(), node.variables()))
                                .stream())
                .toList();
        return texts.size() == errand.batch().key().fields().size()
                ? Optional.of(texts.size() == 1 ? texts.getFirst() : KeyText.joined(texts))
                : Optional.empty();
    }

    private static Optional<String> row(Mentions.Match match, String text) {
        if (match.pattern().isEmpty()) {
            return Optional.of(text);
        }
        Matcher matcher = match.pattern().get().matcher(text);
        return matcher.find() ? Optional.ofNullable(matcher.group(1)) : Optional.empty();
    }

    /** The outcome of each row of a request; that the others were not applied is believed if some were refused and none accepted. */
    public Map<Integer, Outcome> settle(Join.Rest rest) {
        boolean whole = !refused.isEmpty() && accepted.isEmpty();
        return settled(rest == Join.Rest.NOT_APPLIED && !whole ? Join.Rest.UNKNOWN : rest);
    }

    /** The outcome of each row of a job that has ended and says by itself what it did. */
    public Map<Integer, Outcome> settled(Join.Rest rest) {
        Map<Integer, Outcome> outcomes = new LinkedHashMap<>();
        for (Item item : items) {
            claimed(item).ifPresent(outcome -> outcomes.put(item.index(), outcome));
        }
        for (Item item : items) {
            if (!outcomes.containsKey(item.index())) {
                outcomes.put(item.index(), silent(item, rest));
            }
        }
        twins(outcomes);
        return outcomes;
    }

    /**
     * Two rows that became one record: what the one wrote lies over what the other did, and whose record it is a person has to say. Only of
     * what is saved by key: elsewhere the request names the record.
     */
    private void twins(Map<Integer, Outcome> outcomes) {
        if (errand.batch().action() != Action.UPSERT) {
            return;
        }
        Map<String, List<Integer>> rows = new LinkedHashMap<>();
        outcomes.forEach((row, outcome) -> id(outcome)
                .ifPresent(
                        id -> rows.computeIfAbsent(id, any -> new ArrayList<>()).add(row)));
        rows.values().stream()
                .filter(same -> same.size() > 1)
                .flatMap(List::stream)
                .forEach(row -> outcomes.put(
                        row,
                        new Outcome.Rejected(
                                "caravan.same_record",
                                null,
                                "another row became the same record, which has the values of one of them",
                                ErrorClass.CONFLICT)));
    }

    private static Optional<String> id(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Accepted yes -> Optional.ofNullable(yes.remoteId());
            case Outcome.Unchanged same -> Optional.ofNullable(same.remoteId());
            case Outcome.Rejected no -> Optional.empty();
            case Outcome.Deferred later -> Optional.empty();
            case Outcome.Unknown unknown -> Optional.empty();
        };
    }

    private Optional<Outcome> claimed(Item item) {
        List<Outcome> yes = accepted.getOrDefault(item.index(), List.of());
        List<Outcome> no = refused.getOrDefault(item.index(), List.of());
        boolean twice = yes.size() > 1;
        boolean both = !yes.isEmpty() && !no.isEmpty();
        if (twice || both) {
            doubt();
        }
        if (both || (twice && !oneMembership(yes))) {
            return Optional.of(new Outcome.Unknown("said_twice"));
        }
        return yes.stream().findFirst().or(() -> no.stream().findFirst());
    }

    /** Who is a member, or joined, under two labels is so once; elsewhere a second one would be a second record. */
    private boolean oneMembership(List<Outcome> told) {
        return switch (errand.batch().action()) {
            case ADD, REMOVE -> told.stream().distinct().count() == 1;
            case UPSERT, INSERT, UPDATE, DELETE, ARCHIVE, APPEND -> false;
        };
    }

    private Outcome silent(Item item, Join.Rest rest) {
        Outcome unknown = new Outcome.Unknown(UNACCOUNTED);
        if (doubtful) {
            return unknown;
        }
        return switch (rest) {
            case UNKNOWN -> unknown;
            case ACCEPTED -> Acceptance.silent(errand, item);
            case REJECTED -> new Outcome.Rejected("caravan.not_mentioned", null, "", ErrorClass.POLICY);
            case NOT_APPLIED -> new Outcome.Deferred("others_refused", Optional.empty());
        };
    }
}
