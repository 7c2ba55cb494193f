package dev.caravan.connector.declared.match;

import dev.caravan.connector.declared.answer.Answered;
import dev.caravan.connector.declared.answer.Finder;
import dev.caravan.connector.declared.answer.Verdicts;
import dev.caravan.connector.declared.render.Errand;
import dev.caravan.connector.declared.render.Item;
import dev.caravan.connector.declared.select.Found;
import dev.caravan.connector.declared.select.Subject;
import dev.caravan.connector.declared.spec.FindSpec;
import dev.caravan.destination.Outcome;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a search says of the rows it was made for. Nothing was written yet, so whatever is unclear is tried again. */
final class Sought {

    /** Why a row is tried again about which it is not known what is there. */
    static final String UNCLEAR = "search";

    private Sought() {}

    /** What was found for a row. */
    sealed interface Hit {

        /** Its record. */
        record One(String id, Map<String, String> said) implements Hit {}

        /** Nothing has its key. */
        record None() implements Hit {}

        /** More than one record has it. */
        record Several() implements Hit {}

        /** The search came to nothing. */
        record Failed(Outcome outcome) implements Hit {}
    }

    static Map<Integer, Hit> read(Errand errand, FindSpec find, Reply reply, List<Item> items) {
        if (reply instanceof HttpAnswer answer) {
            Answered answered = Answered.of(answer, errand.variables());
            if (find.none().filter(when -> when.holds(answered.subject())).isPresent()) {
                return all(items, new Hit.None());
            }
            if (find.when().holds(answered.subject())) {
                return answered.structured() ? hits(errand, find, answered.subject(), items) : all(items, unclear());
            }
        }
        Map<Integer, Hit> failed = new LinkedHashMap<>();
        Verdicts.untouched(errand.spec(), reply, errand.variables(), UNCLEAR)
                .outcomes(errand, items)
                .forEach((place, outcome) -> failed.put(place, new Hit.Failed(outcome)));
        return failed;
    }

    private static Map<Integer, Hit> hits(Errand errand, FindSpec find, Subject answer, List<Item> items) {
        if (!find.rows().lists(answer.found(), answer.variables())) {
            return all(items, unclear());
        }
        Map<Integer, Hit> hits = all(items, new Hit.None());
        Finder finder = Finder.byKey(items, errand.ignoresCase());
        for (Found node : find.rows().all(answer.found(), answer.variables())) {
            Subject record = answer.at(node);
            if (find.where().filter(where -> !where.holds(record)).isPresent()) {
                continue;
            }
            Optional<String> id = find.id().text(node, answer.variables()).filter(text -> !text.isBlank());
            if (id.isEmpty()) {
                return all(items, unclear());
            }
            for (Item item : meant(find, record, items, finder)) {
                Hit one = new Hit.One(id.get(), said(find, record));
                hits.merge(item.index(), one, Sought::both);
            }
        }
        return hits;
    }

    /** The same record may be found twice. */
    private static Hit both(Hit before, Hit now) {
        return switch (before) {
            case Hit.None none -> now;
            case Hit.One one when now instanceof Hit.One other && other.id().equals(one.id()) -> one;
            case Hit.One one -> new Hit.Several();
            case Hit.Several several -> several;
            case Hit.Failed failed -> failed;
        };
    }

    /** Searches find more than was asked for: similar keys, other fields. Such records are of no row. */
    private static List<Item> meant(FindSpec find, Subject record, List<Item> items, Finder finder) {
        return find.match()
                .map(match -> match.texts(record.found(), record.variables()).stream()
                        .flatMap(text -> finder.find(text, 0).stream())
                        .distinct()
                        .toList())
                .orElse(items.size() == 1 ? items : List.of());
    }

    private static Map<String, String> said(FindSpec find, Subject record) {
        Map<String, String> said = new LinkedHashMap<>();
        find.capture()
                .forEach((name, at) ->
                        at.text(record.found(), record.variables()).ifPresent(text -> said.put(name, text)));
        return said;
    }

    private static Hit unclear() {
        return new Hit.Failed(again());
    }

    /** What becomes of a row about which the search is to be asked again. */
    static Outcome again() {
        return new Outcome.Deferred(UNCLEAR, Optional.empty());
    }

    private static Map<Integer, Hit> all(List<Item> items, Hit hit) {
        Map<Integer, Hit> hits = new LinkedHashMap<>();
        items.forEach(item -> hits.put(item.index(), hit));
        return hits;
    }
}
