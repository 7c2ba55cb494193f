package dev.caravan.scenario.kill.target;

import java.util.Map;
import java.util.TreeMap;

/** What becomes of a model's rows from one day to the next. */
enum Course {
    /** All of them change. */
    CHANGES,
    /** All of them change, some leave and others come. */
    MIRROR,
    /** As many come as there were on the first day, and none change. */
    EVENTS;

    /** How many leave and come each day, of those that are mirrored. */
    private static final int MOVING = 10;

    /** Values by key on a day, of which the first is 1. */
    Map<String, String> model(int day, int rows) {
        int first = this == MIRROR ? day * MOVING : 0;
        int last = this == EVENTS ? rows * day : first + rows;
        Map<String, String> model = new TreeMap<>();
        for (int number = first; number < last; number++) {
            model.put("k%06d".formatted(number), (this == EVENTS ? "event " : "day " + day + " ") + number);
        }
        return model;
    }
}
