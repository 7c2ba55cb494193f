package dev.caravan.mapping;

import java.time.Duration;
import java.time.ZoneId;

/** When a mapping fires. */
public sealed interface Schedule {

    /** At a fixed interval, at least one second. */
    record Every(Duration interval) implements Schedule {}

    /** By a Quartz cron expression (six or seven fields, seconds first) in a zone. */
    record Cron(String expression, ZoneId zone) implements Schedule {}
}
