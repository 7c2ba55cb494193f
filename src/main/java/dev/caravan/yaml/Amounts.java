package dev.caravan.yaml;

import dev.caravan.problem.Code;
import dev.caravan.problem.Spelling;
import dev.caravan.yaml.YamlNode.Scalar;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;

/** Reads time zones, which no pattern tells. */
public final class Amounts {

    private Amounts() {}

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
