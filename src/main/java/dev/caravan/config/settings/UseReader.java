package dev.caravan.config.settings;

import dev.caravan.yaml.Findings;
import dev.caravan.yaml.shape.Section;
import java.time.Duration;
import java.util.Optional;

/** Reads how a destination may be used, which is said alike of all. */
record UseReader(Findings findings) {

    /** Its limits, if it has any and they can be read. */
    Optional<Limits> limits(Section section) {
        return section.section("limits").flatMap(new LimitsReader(findings)::read);
    }

    /** How long its lost requests may still land, if it says so. */
    Optional<Duration> zombieWindow(Section section) {
        return section.duration("zombie_window");
    }
}
