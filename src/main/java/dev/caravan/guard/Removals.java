package dev.caravan.guard;

import java.util.List;

/** Says when removals are left out because a key could not be read; it holds nothing. */
final class Removals implements Guard {

    @Override
    public List<Verdict> judge(Evidence evidence) {
        long unreadable = evidence.check().nullKeys();
        return unreadable == 0
                ? List.of()
                : List.of(new Verdict.Allowed(
                        "removals",
                        "no removals in this run: " + Figures.count(unreadable)
                                + (unreadable == 1 ? " row has" : " rows have") + " no readable key"));
    }
}
