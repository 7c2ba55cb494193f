package dev.caravan.store.sql;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.ledger.Planned;
import dev.caravan.problem.CaravanException.RunFailure;
import dev.caravan.problem.Code;
import dev.caravan.store.sql.db.Database;
import dev.caravan.store.sql.db.Sql;
import dev.caravan.store.sql.db.Work;
import dev.caravan.store.sqlite.SqliteLedger;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Upkeep lets outcomes go between the question whether all are there and their reading: nobody takes the rest for all (invariant I2). */
class PrunedMeanwhileTest {

    @Test
    void outcomesThatUpkeepLetsGoMeanwhileAreMissed(@TempDir Path folder) {
        try (SqlLedger real = SqliteLedger.open(folder.resolve("ledger.db"), () -> Planned.NOON)) {
            SqlLedger ledger = new SqlLedger(new Pruned(real.database()), real.clock(), real.tenure());
            assertThatThrownBy(() -> ledger.outcomesAfter(Planned.LEADS, 4).close())
                    .isInstanceOf(RunFailure.class)
                    .hasMessageContaining(Code.SNAPSHOT_LOST.text());
        }
    }

    /** In which upkeep is always a moment faster. */
    private record Pruned(Database real) implements Database {

        @Override
        public <T> Stream<T> stream(Sql.Mapper<T> mapper, String query, @Nullable Object... parameters) {
            real.write(sql -> sql.update("INSERT INTO journal_floor (mapping, seq) VALUES (?, 5)", Planned.LEADS));
            return real.stream(mapper, query, parameters);
        }

        @Override
        public <T> T write(Work<T> work) {
            return real.write(work);
        }

        @Override
        public <T> T read(Work<T> work) {
            return real.read(work);
        }

        @Override
        public void close() {
            real.close();
        }
    }
}
