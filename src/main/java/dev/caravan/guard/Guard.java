package dev.caravan.guard;

import java.util.List;

/** One rule. Pure: the same evidence gives the same verdicts. */
@FunctionalInterface
public interface Guard {

    /** Its verdicts on a plan, at least one, so that a plan shows every guard that looked at it. */
    List<Verdict> judge(Evidence evidence);
}
