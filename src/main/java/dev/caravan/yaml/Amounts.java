package dev.caravan.yaml;

import dev.caravan.problem.Code;
import dev.caravan.problem.Spelling;
import dev.caravan.yaml.YamlNode.Scalar;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;

/** Reads time zones, which no pattern tells, and times of day. */
public final class Amounts {

    /** What all of a time of day matches. */
    public static final String TIME = "([01][0-9]|2[0-3]):[0-5][0-9]";

    private Amounts() {}

    /** A time of day; midnight for what is none, which its shape has reported. */
    public static LocalTime time(String text) {
        return text.matches(TIME) ? LocalTime.parse(text) : LocalTime.MIDNIGHT;
    }

    /** A zone of the time zone database, or an offset; empty after the problem was reported. */
    public static Optional<ZoneId> zone(YamlNode node, String name, Code code, Findings findings) {
        String text = node instanceof Scalar scalar ? scalar.text() : "";
        try {
            return Optional.of(ZoneId.of(text));
        } catch (DateTimeException e) {
            String near =
                    Spelling.suggest(text, ZoneId.getAvailableZoneIds(), "write a name like Europe/Berlin, or UTC");
            findings.report(code, node.place(), name + " is a time zone, this is " + Scalars.shown(node), near);
            return Optional.empty();
        }
    }
}
