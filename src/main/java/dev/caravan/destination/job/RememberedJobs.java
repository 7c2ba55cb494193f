package dev.caravan.destination.job;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The jobs of a batch as one text that survives a crash, see {@link dev.caravan.destination.Conversation.Remember}: one entry a part of the
 * batch, in order, with the rows that it was made for. How rows are cut may be another by then.
 *
 * @param entries of the parts so far
 */
public record RememberedJobs(List<Entry> entries) {

    private static final String BETWEEN = ",";
    private static final String BEGUN = "!";
    private static final char ROWS = ':';

    public RememberedJobs {
        entries = List.copyOf(entries);
    }

    /**
     * A part.
     *
     * @param id its job's; empty where it has none
     * @param begun whether the job certainly runs
     * @param rows the places of its rows in the batch, from 0; empty if what was remembered does not say them
     */
    public record Entry(Optional<String> id, boolean begun, List<Integer> rows) {
        public Entry {
            rows = List.copyOf(rows);
        }
    }

    /** No part yet. */
    public static final RememberedJobs NOTHING = new RememberedJobs(List.of());

    /** The same with one more part. */
    public RememberedJobs with(Optional<String> id, boolean begun, List<Integer> rows) {
        List<Entry> more = new ArrayList<>(entries);
        more.add(new Entry(id, begun, rows));
        return new RememberedJobs(more);
    }

    /** The same, its last part's job running. */
    public RememberedJobs begun() {
        List<Entry> same = new ArrayList<>(entries);
        Entry last = same.removeLast();
        same.add(new Entry(last.id(), true, last.rows()));
        return new RememberedJobs(same);
    }

    /** Whether it tells of each part which rows it has: some, none of them another's, and all of a batch of this size. */
    public boolean tells(int size) {
        Set<Integer> seen = new HashSet<>();
        return entries.stream()
                .allMatch(entry ->
                        !entry.rows().isEmpty() && entry.rows().stream().allMatch(row -> row < size && seen.add(row)));
    }

    /** The places of all rows that it names. */
    public Set<Integer> rows() {
        return entries.stream().flatMap(entry -> entry.rows().stream()).collect(Collectors.toSet());
    }

    /** In a form that later versions read. */
    public String text() {
        return entries.stream().map(RememberedJobs::text).collect(Collectors.joining(BETWEEN));
    }

    private static String text(Entry entry) {
        String id = entry.id()
                .map(text -> URLEncoder.encode(text, StandardCharsets.UTF_8))
                .orElse("");
        return (entry.begun() ? BEGUN : "") + id + ROWS + Ranges.text(entry.rows());
    }

    /** Reads what {@link #text} wrote; an entry that nobody wrote has no id, or no rows. */
    public static RememberedJobs of(String text) {
        return text.isEmpty()
                ? NOTHING
                : new RememberedJobs(Arrays.stream(text.split(BETWEEN, -1))
                        .map(RememberedJobs::entry)
                        .toList());
    }

    private static Entry entry(String part) {
        boolean begun = part.startsWith(BEGUN);
        String rest = begun ? part.substring(BEGUN.length()) : part;
        int at = rest.lastIndexOf(ROWS);
        return at < 0
                ? new Entry(id(rest), begun, List.of())
                : new Entry(id(rest.substring(0, at)), begun, Ranges.of(rest.substring(at + 1)));
    }

    private static Optional<String> id(String part) {
        try {
            return Optional.of(URLDecoder.decode(part, StandardCharsets.UTF_8)).filter(id -> !id.isEmpty());
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
