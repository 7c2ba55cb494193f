package dev.caravan.app.connect;

import dev.caravan.app.connect.Writables.Kind;
import java.util.List;

/**
 * What a connector says of itself, in its code or its {@code connector.yaml}, in the words of its README.
 *
 * @param from what says so
 * @param deeds how each thing that can be done travels
 * @param lookups what of it other records can refer to
 * @param pace how much it is asked, and how long it may take
 * @param answers what comes of a request as a whole
 * @param codes what the refusal of one row is about
 * @param takes what fields can be filled with, where the connector knows that without an account
 * @param unverified what rests on documentation alone; none where the page says it in prose
 */
record ConnectorFacts(
        String from,
        List<Kind> objects,
        List<Deed> deeds,
        List<Lookup> lookups,
        List<Setting> settings,
        String pace,
        List<Meaning> answers,
        List<Meaning> codes,
        List<Take> takes,
        List<String> unverified) {

    ConnectorFacts {
        objects = List.copyOf(objects);
        deeds = List.copyOf(deeds);
        lookups = List.copyOf(lookups);
        settings = List.copyOf(settings);
        answers = List.copyOf(answers);
        codes = List.copyOf(codes);
        takes = List.copyOf(takes);
        unverified = List.copyOf(unverified);
    }

    /**
     * One thing that can be done with some objects.
     *
     * @param together how many rows travel together
     */
    record Deed(List<String> objects, String action, String idempotency, String together) {
        Deed {
            objects = List.copyOf(objects);
        }
    }

    /** Records that other rows refer to, by which fields, and how many are asked for together. */
    record Lookup(List<String> objects, String by, String together) {
        Lookup {
            objects = List.copyOf(objects);
        }
    }

    /** A key of a connection in {@code caravan.yaml}. */
    record Setting(String name, String need, String about) {}

    /** What an answer or a code means. */
    record Meaning(String of, String means) {}

    /** What goes into a field, and the words for what does not. */
    record Take(String kind, String types, String misfits) {}
}
