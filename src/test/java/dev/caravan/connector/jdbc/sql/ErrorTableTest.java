package dev.caravan.connector.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.transport.SqlAnswer.Refusal;
import org.junit.jupiter.api.Test;

/** The nearest word on an error holds. */
class ErrorTableTest {

    private static final Dialect POSTGRES = new PostgresDialect("public");
    private static final Dialect MYSQL = new MySqlDialect();

    private static ErrorClass of(Dialect dialect, String state, int number) {
        return dialect.errors().of(new Refusal(state, number, "", ""));
    }

    @Test
    void aStateGoesBeforeItsBeginning() {
        assertThat(of(POSTGRES, "23502", 0)).isEqualTo(ErrorClass.DATA);
        assertThat(of(POSTGRES, "23503", 0)).isEqualTo(ErrorClass.CONFLICT);
        assertThat(of(POSTGRES, "53300", 0)).isEqualTo(ErrorClass.TRANSIENT);
        assertThat(of(POSTGRES, "53100", 0)).isEqualTo(ErrorClass.QUOTA);
        assertThat(of(POSTGRES, "28P01", 0)).isEqualTo(ErrorClass.AUTH);
        assertThat(of(POSTGRES, "42P01", 0)).isEqualTo(ErrorClass.CONFIG);
    }

    @Test
    void aNumberOfTheDatabasesOwnGoesBeforeTheState() {
        assertThat(of(MYSQL, "23000", 1048)).isEqualTo(ErrorClass.DATA);
        assertThat(of(MYSQL, "23000", 1062)).isEqualTo(ErrorClass.CONFLICT);
        assertThat(of(MYSQL, "42000", 1044)).isEqualTo(ErrorClass.AUTH);
        assertThat(of(MYSQL, "42000", 1142)).isEqualTo(ErrorClass.CONFIG);
        assertThat(of(POSTGRES, "23000", 1048)).isEqualTo(ErrorClass.CONFLICT);
    }

    @Test
    void whatIsNotListedIsARuleOfTheDatabase() {
        assertThat(of(POSTGRES, "P0001", 0)).isEqualTo(ErrorClass.POLICY);
        assertThat(of(MYSQL, "45000", 1644)).isEqualTo(ErrorClass.POLICY);
        assertThat(POSTGRES.errors().listed()).doesNotContainKey(ErrorClass.POLICY);
    }

    @Test
    void whatIsListedIsWhatHolds() {
        assertThat(MYSQL.errors().listed().get(ErrorClass.DATA))
                .startsWith("1048")
                .contains("23502", "22…");
        POSTGRES.errors()
                .listed()
                .forEach((about, states) -> assertThat(states)
                        .allSatisfy(state -> assertThat(of(POSTGRES, state.replace("…", "999"), 0))
                                .isEqualTo(about)));
    }
}
