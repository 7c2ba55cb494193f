package dev.caravan.guard;

import java.util.List;

/** A first sync of more than 1,000 rows is always looked at by a person. */
final class FirstSync implements Guard {

    private static final String NAME = "max_first_sync";
    private static final long DEFAULT = 1000;

    private final Guardrails guardrails;

    FirstSync(Guardrails guardrails) {
        this.guardrails = guardrails;
    }

    @Override
    public List<Verdict> judge(Evidence evidence) {
        if (!evidence.firstSync()) {
            return List.of();
        }
        long limit = guardrails.maxFirstSync().orElse(DEFAULT);
        String detail = "first sync of " + Figures.count(evidence.added()) + " rows, up to " + Figures.count(limit)
                + " need no approval";
        return List.of(evidence.added() > limit ? new Verdict.Held(NAME, detail) : new Verdict.Allowed(NAME, detail));
    }
}
