package dev.caravan.cli.text;

import dev.caravan.app.MappingStatus;
import dev.caravan.app.Operations;
import dev.caravan.app.json.Words;
import dev.caravan.destination.Outcome;
import dev.caravan.ledger.Deliveries.Said;
import dev.caravan.ledger.Deliveries.Sent;
import dev.caravan.plan.Cause;
import dev.caravan.row.Value;
import java.io.PrintStream;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The history of a key: what was sent, when, by which run, plan and mapping version, from which row, and the answer. */
public final class RecordText {

    private RecordText() {}

    /**
     * Prints entries in the order given.
     *
     * @param asked where nothing was found, the mappings that were looked into
     */
    public static void print(PrintStream out, String key, List<Sent> history, List<MappingStatus> asked) {
        if (history.isEmpty()) {
            out.println("nothing is kept of " + Figures.printable(key)
                    + ": nothing was sent for it, or it was forgotten; rows that are invalid are listed by"
                    + " caravan plan NAME --invalid");
            asked.stream()
                    .collect(Collectors.groupingBy(
                            each -> String.join("|", each.key()),
                            TreeMap::new,
                            Collectors.mapping(each -> each.mapping().value(), Collectors.joining(", "))))
                    .forEach((columns, mappings) -> out.println(
                            "KEY is " + columns + " of the model, not the destination's key, in " + mappings));
            return;
        }
        history.forEach(sent -> entry(out, sent));
        if (history.stream().anyMatch(RecordText::hides)) {
            out.println("What is private stands as " + Operations.HIDDEN
                    + ", and so do words that may quote it: --unmasked shows it");
        }
    }

    private static boolean hides(Sent sent) {
        boolean words = sent.outcome()
                .filter(outcome ->
                        outcome instanceof Outcome.Rejected no && no.message().equals(Operations.HIDDEN))
                .isPresent();
        return words
                || hidden(sent.row().targetKey())
                || Stream.of(
                                sent.row().fields(),
                                sent.row().before(),
                                sent.row().image().values())
                        .flatMap(values -> values.values().stream())
                        .anyMatch(RecordText::hidden);
    }

    private static boolean hidden(Value value) {
        return !value.isNull() && value.text().equals(Operations.HIDDEN);
    }

    private static void entry(PrintStream out, Sent sent) {
        out.println(Figures.at(sent.intended()) + "  " + sent.mapping() + "  run " + sent.run() + "  "
                + sent.row().removal().orElse(Words.of(sent.row().kind())) + " because of "
                + Words.of(sent.row().cause()));
        String known = known(sent.row().targetKey());
        if (!known.isEmpty() && !known.equalsIgnoreCase(sent.row().key().display())) {
            out.println("  key      " + Figures.value(new Value.Text(known)));
        }
        out.println((sent.row().cause().isRecorded() ? "  not sent " : "  sent     ")
                + sent.erased()
                        .map(at -> "values erased on "
                                + at.atOffset(ZoneOffset.UTC).toLocalDate())
                        .orElseGet(() -> values(sent.row().fields(), sent.row().before())));
        if (!sent.row().image().values().isEmpty()) {
            out.println("  from     " + values(sent.row().image().values(), Map.of()));
        }
        String answer = sent.outcome()
                .map(outcome -> sent.row().cause() == Cause.DROPPED ? "taken as arrived" : answer(outcome))
                .orElse("none yet: nobody knows whether it was applied");
        out.println("  answer   " + answer
                + sent.answered().map(at -> " (" + Figures.at(at) + ")").orElse(""));
        sent.said().ifPresent(said -> out.println("  said     " + said(said)));
        out.println("  by       mapping version " + sent.mappingVersion() + ", plan " + Figures.hash(sent.plan()));
    }

    /** What the destination knows the record by, as people type it; empty where nobody knows. */
    private static String known(Value key) {
        return key instanceof Value.Tuple tuple
                ? tuple.parts().stream().map(Value::text).map(String::strip).collect(Collectors.joining("|"))
                : key.isNull() ? "" : key.text().strip();
    }

    private static String said(Said said) {
        String word = switch (said.word()) {
            case HOLD -> "hold it";
            case RESEND -> "send it again";
            case DROP -> "take it as arrived";
        };
        String why = said.decision().why();
        return word + ", by " + Figures.printable(said.decision().who())
                + (why.isEmpty() ? "" : ": " + Figures.printable(why))
                + " (" + Figures.at(said.decision().at()) + ")";
    }

    private static String values(Map<String, Value> values, Map<String, Value> before) {
        return values.isEmpty()
                ? "nothing but the key"
                : values.entrySet().stream()
                        .map(entry -> entry.getKey() + " "
                                + former(before.get(entry.getKey()), entry.getValue())
                                + Figures.value(entry.getValue()))
                        .collect(Collectors.joining(", "));
    }

    /** What stood there, where that was another value: some go along as they were. Of what is hidden nobody can tell. */
    private static String former(@Nullable Value before, Value now) {
        return before == null || (before.equals(now) && !hidden(now)) ? "" : Figures.value(before) + " → ";
    }

    private static String answer(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Accepted accepted ->
                (accepted.created() ? "accepted, created" : "accepted") + id(accepted.remoteId());
            case Outcome.Unchanged unchanged -> "was so already" + id(unchanged.remoteId());
            case Outcome.Rejected rejected ->
                "rejected: " + rejected.code()
                        + (rejected.field() == null ? "" : " on " + rejected.field())
                        + (rejected.message().isEmpty() ? "" : ", " + Figures.sentence(rejected.message()));
            case Outcome.Deferred deferred ->
                "not applied: " + deferred.reason()
                        + deferred.notBefore()
                                .map(at -> ", again after " + Figures.at(at))
                                .orElse("");
            case Outcome.Unknown unknown -> "unknown: " + unknown.reason();
        };
    }

    private static String id(@Nullable String remoteId) {
        return remoteId == null ? "" : " as " + remoteId;
    }
}
