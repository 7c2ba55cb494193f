package dev.caravan.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.connector.jdbc.sql.PostgresDialect;
import dev.caravan.connector.jdbc.sql.TableName;
import dev.caravan.row.Value;
import dev.caravan.transport.SqlAnswer;
import dev.caravan.transport.SqlAnswer.Ran;
import dev.caravan.transport.SqlAnswer.Refusal;
import dev.caravan.transport.SqlAnswer.Refused;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PresenceTest {

    private static final Presence ONE = new Presence(
            new PostgresDialect("public"),
            new TableName(Optional.of("public"), "t"),
            List.of("k"),
            List.of(List.of(new Value.Text("a")), List.of(new Value.Text("b"))));

    /** Who was not answered must not be taken for absent: a row would be rejected as not found. */
    @Test
    void aQuestionThatWasRefusedSaysNothing() {
        assertThat(ONE.read(SqlAnswer.committed(List.of(List.of(new Refused(new Refusal("22P02", 0, "no", "")))))))
                .isEmpty();
        assertThat(ONE.read(SqlAnswer.committed(List.of(List.of())))).isEmpty();
        assertThat(ONE.read(SqlAnswer.committed(List.of(List.of(new Ran(0, List.of()))))))
                .contains(List.of(false, false));
    }
}
