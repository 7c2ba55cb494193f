package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.transport.Reply;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogInFailureTest {

    @Test
    void credentialsAreBlamedOnlyWhereTheyWereRefused() {
        Problem refused = problem("login", "invalid_client invalid client credentials");
        assertThat(refused.code()).isEqualTo(Code.DESTINATION_AUTH);
        assertThat(refused.message())
                .isEqualTo("connection crm was not let in: invalid_client invalid client credentials");

        Problem away = problem("refused", "log-in: no connection to crm.example (ConnectException)");
        assertThat(away.code()).isEqualTo(Code.DESTINATION_UNREACHABLE);
        assertThat(away.message())
                .isEqualTo("connection crm could not log in: log-in: no connection to crm.example (ConnectException)");
        assertThat(away.suggestion()).doesNotContain("secret");
    }

    @Test
    void anAllowanceThatIsUsedUpIsNoTroubleOfTheNetwork() {
        Instant then = Instant.parse("2026-03-02T06:00:00Z");
        Problem used = LogInFailure.of(
                        "crm", new Reply.NotSent("quota", "the day's limit 'day' is used up", Optional.of(then), 0))
                .problems()
                .getFirst();
        assertThat(used.message()).contains("the day's limit 'day' is used up");
        assertThat(used.suggestion()).contains("runs go on from " + then).doesNotContain("network");
    }

    private static Problem problem(String reason, String detail) {
        return LogInFailure.of("crm", new Reply.NotSent(reason, detail, Optional.empty(), 1))
                .problems()
                .getFirst();
    }
}
