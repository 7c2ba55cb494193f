package dev.caravan.config.draft;

import dev.caravan.mapping.Schedule;
import dev.caravan.problem.Code;
import dev.caravan.problem.Place;
import dev.caravan.yaml.Amounts;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.YamlNode;
import dev.caravan.yaml.shape.Section;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.TimeZone;
import java.util.regex.Pattern;
import org.quartz.CronExpression;

/** Reads {@code schedule:}. Cron expressions are Quartz's, judged by Quartz itself. */
final class ScheduleReader {

    private static final Pattern WEEKDAYS = Pattern.compile("[0-7]([-,][0-7])*");

    private final InstantSource clock;
    private final Findings findings;

    ScheduleReader(InstantSource clock, Findings findings) {
        this.clock = clock;
        this.findings = findings;
    }

    /** The schedule; of two that are said none is taken, since the shape has told that there are two. */
    Optional<Schedule> read(Section section) {
        if (section.has("every") && section.has("cron")) {
            return Optional.empty();
        }
        return section.has("cron")
                ? cron(section)
                : section.duration("every").flatMap(interval -> every(section, interval));
    }

    private Optional<Schedule> every(Section section, Duration interval) {
        if (interval.compareTo(Duration.ofSeconds(1)) < 0) {
            Place place = section.node("every").map(YamlNode::place).orElse(section.place());
            findings.report(Code.SCHEDULE_DURATION, place, "more often than once a second", "write 1s or more");
            return Optional.empty();
        }
        return Optional.of(new Schedule.Every(interval));
    }

    private Optional<Schedule> cron(Section section) {
        Optional<ZoneId> zone =
                section.node("zone").flatMap(node -> Amounts.zone(node, "'zone'", Code.SCHEDULE_ZONE, findings));
        Optional<String> expression =
                section.text("cron").flatMap(text -> expression(text, zone.orElse(ZoneOffset.UTC)));
        return expression.flatMap(text -> zone.map(id -> new Schedule.Cron(text, id)));
    }

    private Optional<String> expression(Located<String> text, ZoneId zone) {
        String[] fields = text.value().strip().split("\\s+");
        if (fields.length == 5) {
            return bad(text, "five fields, but the first must be the seconds", "write \"" + withSeconds(fields) + "\"");
        }
        try {
            CronExpression parsed = new CronExpression(text.value().strip());
            parsed.setTimeZone(TimeZone.getTimeZone(zone));
            return fires(parsed)
                    ? Optional.of(parsed.getCronExpression())
                    : bad(text, "this never fires", "name a day that comes: not 30 February, and no year that is over");
        } catch (ParseException | IllegalArgumentException | IndexOutOfBoundsException e) {
            String hint =
                    "six fields: seconds, minutes, hours, day of month, month, day of week, one of the days being '?'";
            return bad(text, "not a cron expression: " + reason(e), hint);
        }
    }

    @SuppressWarnings("JavaUtilDate") // Quartz tells times so
    private boolean fires(CronExpression expression) {
        return expression.getNextValidTimeAfter(java.util.Date.from(clock.instant())) != null;
    }

    private Optional<String> bad(Located<String> text, String message, String suggestion) {
        findings.report(Code.SCHEDULE_CRON, text.place(), message, suggestion);
        return Optional.empty();
    }

    private static String reason(Exception e) {
        String message = e.getMessage();
        return e instanceof ParseException && message != null ? message.replaceAll("\\.$", "") : "not readable";
    }

    /** The same times in Quartz's form: seconds first, one of the days open, Sunday being 1 instead of 0. */
    private static String withSeconds(String[] unix) {
        boolean anyWeekday = unix[4].equals("*") || unix[4].equals("?");
        String weekday = anyWeekday ? "?" : weekdays(unix[4]);
        String day = anyWeekday ? unix[2] : "?";
        return String.join(" ", "0", unix[0], unix[1], day, unix[3], weekday);
    }

    private static String weekdays(String unix) {
        if (!WEEKDAYS.matcher(unix).matches()) {
            return unix;
        }
        StringBuilder quartz = new StringBuilder();
        unix.chars().forEach(c -> quartz.append(Character.isDigit(c) ? (char) ('1' + (c - '0') % 7) : (char) c));
        return quartz.toString();
    }
}
