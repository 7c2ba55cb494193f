package dev.caravan.cli.text;

import dev.caravan.mapping.MappingId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Rows that a run holds, by what leads on: nobody is to wait for a run that will not take them up. */
final class HeldText {

    private HeldText() {}

    /** Who or what ends the waiting. */
    private enum End {
        PERSON(
                "until a person says what is done: caravan rejected %1$s lists the keys, caravan record KEY what was sent, and"
                        + " caravan replay %1$s --unknown resend|drop|hold says it (docs/operations.md, Keys that stay unresolved)"),
        ASK_WHICH(
                "since several records of the destination have the key that they refer to; merge those there, or bring the id along"
                        + " in the model"),
        ABSENT("since the records that they refer to are not there yet; each run looks again"),
        LOOK_UP("since the destination could not be asked about them; each run asks again, caravan doctor says"
                + " whether it can be reached"),
        REKEYED(
                "since their keys are others now and their records cannot be given those here; give them there by hand, or delete"
                        + " them, then sync once with on_rekeyed: new_record (docs/operations.md, A record that no row means any more)"),
        SHARED(
                "since other rows of the model have all by which they are known, and would be taken out with them; they go when those"
                        + " leave, or are known by others"),
        WINDOW(
                "since a lost request may still land; a run after the connection's zombie_window finds out or takes them up"),
        FORMER(
                "since other rows' records have their keys still; the first run after those have others takes them up, and what keeps"
                        + " them from it is told of those rows (docs/operations.md)"),
        RESUME("by a pause; a run after the resume takes them up"),
        RUN("; the next run takes them up");

        private final String says;

        End(String says) {
            this.says = says;
        }

        static End of(String reason) {
            return switch (reason) {
                case "unknown",
                        "found_several",
                        "found_foreign",
                        "found_differing",
                        "found_deleted",
                        "look_up_blind",
                        "dedupe_window" -> PERSON;
                case "look_up" -> LOOK_UP;
                case "look_up_several" -> ASK_WHICH;
                case "look_up_none", "no_parent" -> ABSENT;
                case "rekeyed" -> REKEYED;
                case "key_not_left" -> FORMER;
                case "shared_identifier" -> SHARED;
                case "zombie_window" -> WINDOW;
                case "paused" -> RESUME;
                default -> RUN;
            };
        }

        private String line(MappingId mapping, Map<String, Long> held) {
            long rows = held.values().stream().mapToLong(Long::longValue).sum();
            String what = Figures.count(rows, "row") + " held as " + String.join(", ", held.keySet());
            return what + (this == RUN ? "" : " ") + String.format(says, mapping);
        }
    }

    /** Rows that were taken out as what they were known by before, and are not in as what they are known by now. */
    static String comeBack(MappingId mapping, long rows) {
        return Figures.count(rows, "row")
                + " taken out under former keys or addresses, put in under the present ones by the next"
                + " run: its schedule's, or caravan sync " + mapping;
    }

    /** One line for each thing that is waited for, those for people first. */
    static List<String> lines(MappingId mapping, Map<String, Long> heldBy) {
        return Arrays.stream(End.values())
                .map(end -> Map.entry(end, of(end, heldBy)))
                .filter(each -> !each.getValue().isEmpty())
                .map(each -> each.getKey().line(mapping, each.getValue()))
                .toList();
    }

    private static Map<String, Long> of(End end, Map<String, Long> heldBy) {
        return heldBy.entrySet().stream()
                .filter(each -> End.of(each.getKey()) == end)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Long::sum, LinkedHashMap::new));
    }
}
