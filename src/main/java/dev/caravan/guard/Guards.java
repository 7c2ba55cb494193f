package dev.caravan.guard;

import java.util.List;

/** All guards of a mapping in the order they are shown: cheap and global ones first. */
public final class Guards {

    private final List<Guard> guards;

    private Guards(List<Guard> guards) {
        this.guards = guards;
    }

    /** The guards with a mapping's limits. */
    public static Guards of(Guardrails limits) {
        return new Guards(List.of(
                new EmptyRead(limits),
                new Volume(),
                new ValidShare(),
                new Freshness(),
                new Removals(),
                new FirstSync(limits),
                new RemovalCap(limits),
                new ChangeVolume(limits),
                new KeyChurn(),
                new NullOverwrite(limits),
                new Backfill(),
                new Resending(limits)));
    }

    /** Every verdict of every guard. None stops another: a plan shows all that is wrong with it at once. */
    public List<Verdict> judge(Evidence evidence) {
        return guards.stream().flatMap(guard -> guard.judge(evidence).stream()).toList();
    }

    /** Whether any verdict holds the plan. */
    public static boolean hold(List<Verdict> verdicts) {
        return verdicts.stream().anyMatch(Verdict.Held.class::isInstance);
    }
}
