package dev.caravan.connector.declared.job;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The jobs of a batch as one text that survives a crash: one entry a part, in order.
 *
 * @param entries of the parts so far
 */
record Remembered(List<Entry> entries) {

    private static final String BETWEEN = ",";
    private static final String BEGUN = "!";

    Remembered {
        entries = List.copyOf(entries);
    }

    /**
     * A part.
     *
     * @param id its job's; empty where it has none
     * @param begun whether the job certainly runs
     */
    record Entry(Optional<String> id, boolean begun) {}

    static final Remembered NOTHING = new Remembered(List.of());

    /** The same with one more part. */
    Remembered with(Optional<String> id, boolean begun) {
        List<Entry> more = new ArrayList<>(entries);
        more.add(new Entry(id, begun));
        return new Remembered(more);
    }

    /** The same, its last part's job running. */
    Remembered begun() {
        List<Entry> same = new ArrayList<>(entries);
        same.add(new Entry(same.removeLast().id(), true));
        return new Remembered(same);
    }

    String text() {
        return entries.stream()
                .map(entry -> entry.id()
                        .map(id -> (entry.begun() ? BEGUN : "") + URLEncoder.encode(id, StandardCharsets.UTF_8))
                        .orElse(""))
                .collect(Collectors.joining(BETWEEN));
    }

    /** Reads what {@link #text} wrote; an entry that nobody wrote has no id. */
    static Remembered of(String text) {
        return new Remembered(Arrays.stream(text.split(BETWEEN, -1))
                .map(part -> part.startsWith(BEGUN)
                        ? new Entry(id(part.substring(BEGUN.length())), true)
                        : new Entry(id(part), false))
                .toList());
    }

    private static Optional<String> id(String part) {
        try {
            return Optional.of(URLDecoder.decode(part, StandardCharsets.UTF_8)).filter(id -> !id.isEmpty());
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
