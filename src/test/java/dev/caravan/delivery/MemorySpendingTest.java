package dev.caravan.delivery;

import dev.caravan.ledger.Spending;
import dev.caravan.ledger.SpendingContract;
import java.nio.file.Path;

class MemorySpendingTest extends SpendingContract {

    private final MemorySpending spending = new MemorySpending();

    @Override
    protected Spending open(Path folder) {
        return spending;
    }
}
