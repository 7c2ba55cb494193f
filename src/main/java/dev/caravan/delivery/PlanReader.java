package dev.caravan.delivery;

import dev.caravan.plan.PlannedWrite;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The rows of a plan in order, page by page. Delivery takes hours where a destination is slow, and a read that stayed open as long would
 * keep the ledger from reusing its log, which then grows with every outcome. One thread.
 */
final class PlanReader implements Iterator<PlannedWrite> {

    private static final int PAGE = 1_000;

    private final Batches.Pages plan;
    private Iterator<PlannedWrite> page = Collections.emptyIterator();
    private long last = -1;
    private boolean ended;

    /** Starts before the first row. */
    PlanReader(Batches.Pages plan) {
        this.plan = plan;
    }

    @Override
    public boolean hasNext() {
        if (!page.hasNext() && !ended) {
            List<PlannedWrite> rows = plan.after(last, PAGE);
            ended = rows.isEmpty();
            page = rows.iterator();
        }
        return page.hasNext();
    }

    @Override
    public PlannedWrite next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        PlannedWrite row = page.next();
        last = row.ordinal();
        return row;
    }
}
