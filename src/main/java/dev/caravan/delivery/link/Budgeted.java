package dev.caravan.delivery.link;

import dev.caravan.delivery.limit.DayBudget;
import dev.caravan.transport.Request;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps within the limits of a day that we count ourselves, since the destination does not tell what is left of them. */
record Budgeted(Hop next, List<DayBudget> budgets, Allowance told, Link link) implements Hop {

    @Override
    public Heard send(Request request) {
        Instant now = now();
        List<DayBudget> taken = new ArrayList<>();
        for (DayBudget budget : budgets) {
            if (budget.limit().concerns().test(request)) {
                Optional<Instant> until = budget.take(request, now);
                if (until.isPresent()) {
                    Heard held = link.notSent(
                            "quota", "the day's limit '" + budget.limit().name() + "' is used up", until);
                    taken.forEach(each -> each.ended(request, held.reply(), now, now));
                    return held;
                }
                taken.add(budget);
            }
        }
        tell();
        Heard heard = next.send(request);
        taken.forEach(budget -> budget.ended(request, heard.reply(), now, now()));
        return heard;
    }

    /** What the destination tells of its day is the truth. */
    private void tell() {
        if (told.quota().isEmpty()) {
            budgets.stream()
                    .mapToDouble(DayBudget::share)
                    .max()
                    .ifPresent(share -> link.meters().quota(link.connection(), share));
        }
    }

    private Instant now() {
        return link.time().clock().instant();
    }
}
