package dev.caravan.connector.jdbc;

import dev.caravan.connector.jdbc.sql.Dialect;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Outcome;
import dev.caravan.transport.Reply;
import dev.caravan.transport.SqlAnswer;
import dev.caravan.transport.SqlAnswer.Ran;
import dev.caravan.transport.SqlAnswer.Refused;
import dev.caravan.transport.SqlAnswer.Result;
import java.util.List;
import java.util.Optional;

/** Reads a transaction's answer into outcomes. It is trusted only as a whole: another shape, and nobody knows what belongs to whom. */
record Results(Dialect dialect, Batch batch, boolean deduplicated) {

    void read(Reply reply, List<Group> groups, Ends ends) {
        if (!(reply instanceof SqlAnswer answer) || answer.refusal().isPresent() || !fits(answer, groups)) {
            Outcome all = Verdict.whole(dialect, reply);
            groups.forEach(group -> group.items().forEach(item -> ends.settle(item, all)));
            return;
        }
        int at = 0;
        for (Group group : groups) {
            Optional<List<Result>> before =
                    statements(group) == 2 ? Optional.of(answer.results().get(at)) : Optional.empty();
            List<Result> written = answer.results().get(at + statements(group) - 1);
            at += statements(group);
            for (int i = 0; i < group.items().size(); i++) {
                int place = i;
                one(group, group.items().get(i), written.get(i), before.map(all -> all.get(place)), ends);
            }
        }
    }

    private int statements(Group group) {
        return group.form() == Group.Form.UPSERT && dialect.asksBeforeUpsert() ? 2 : 1;
    }

    private boolean fits(SqlAnswer answer, List<Group> groups) {
        int at = 0;
        for (Group group : groups) {
            for (int i = 0; i < statements(group); i++, at++) {
                if (at >= answer.results().size()
                        || answer.results().get(at).size() != group.items().size()) {
                    return false;
                }
            }
        }
        return at == answer.results().size();
    }

    private void one(Group group, Item item, Result written, Optional<Result> before, Ends ends) {
        switch (written) {
            case Refused refused -> refused(group, item, refused, ends);
            case Ran ran -> {
                if (ran.count() > 0) {
                    ends.settle(item, new Outcome.Accepted(null, created(group, written, before)));
                } else if (group.form() == Group.Form.DELETE) {
                    ends.settle(item, new Outcome.Unchanged(null));
                } else {
                    ends.unwritten(item, group);
                }
            }
        }
    }

    private boolean created(Group group, Result written, Optional<Result> before) {
        return switch (group.form()) {
            case UPSERT -> dialect.created(written, before);
            case INSERT -> true;
            case UPDATE, DELETE -> false;
        };
    }

    private void refused(Group group, Item item, Refused refused, Ends ends) {
        Outcome outcome = Verdict.row(dialect, refused.refusal(), batch.keyField());
        boolean perhapsOurs = batch.action() == Action.INSERT
                ? item.write().inDoubt() && batch.schema().unique(batch.key())
                : batch.action() == Action.APPEND && deduplicated;
        if (perhapsOurs && dialect.isTaken(refused.refusal())) {
            ends.refused(item, group, outcome);
        } else {
            ends.settle(item, outcome);
        }
    }
}
