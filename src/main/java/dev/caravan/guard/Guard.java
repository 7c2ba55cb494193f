package dev.caravan.guard;

import java.util.List;

/** One rule. Pure: the same evidence gives the same verdicts. */
@FunctionalInterface
public interface Guard {

    /** Its verdicts on a plan; none where it has nothing to look at, so that a plan shows every guard that looked. */
    List<Verdict> judge(Evidence evidence);
}
