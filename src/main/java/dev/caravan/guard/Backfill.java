package dev.caravan.guard;

import java.util.List;

/** An edited mapping that reads a new column fills it everywhere: never without approval. */
final class Backfill implements Guard {

    private static final String NAME = "backfill";

    @Override
    public List<Verdict> judge(Evidence evidence) {
        return evidence.backfilled() == 0
                ? List.of()
                : List.of(new Verdict.Held(
                        NAME,
                        Figures.count(evidence.backfilled()) + " rows get a field whose column was never read before"));
    }
}
