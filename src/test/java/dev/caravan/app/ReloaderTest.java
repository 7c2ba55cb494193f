package dev.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever goes wrong in a look is shown, and the next one tries again. */
class ReloaderTest {

    private final List<String> taken = new ArrayList<>();
    private String files = "one";
    private Runnable trouble = () -> {};
    private int looks;

    private final Reloader reloader = new Reloader(() -> files, this::takeOver, () -> looks++);

    private void takeOver() {
        trouble.run();
        taken.add(files);
    }

    @AfterEach
    void close() {
        reloader.close();
    }

    @Test
    void takesOverWhatIsOther() {
        reloader.tick();
        reloader.tick();
        files = "two";
        reloader.tick();
        assertThat(taken).containsExactly("one", "two");
        assertThat(looks).isEqualTo(3);
        assertThat(reloader.failure()).isEmpty();
    }

    @Test
    void aFailureNobodyForesawIsShownAndTriedAgain() {
        trouble = () -> {
            throw new UncheckedIOException(new IOException("a folder went away"));
        };
        reloader.tick();
        assertThat(reloader.failure()).get().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(Code.WORKSPACE_RELOAD);
            assertThat(problem.message()).contains("UncheckedIOException");
        });
        assertThat(taken).isEmpty();

        trouble = () -> {};
        reloader.tick();
        assertThat(taken).containsExactly("one");
        assertThat(reloader.failure()).isEmpty();
    }

    @Test
    void anErrorDoesNotEndTheWatchEither() {
        trouble = () -> {
            throw new AssertionError("a defect");
        };
        reloader.tick();
        assertThat(reloader.failure()).isPresent();
    }

    @Test
    void aKnownFailureIsShownAsItIs() {
        Problem problem = Problem.of(Code.STATE_IO, "the workspace cannot be read", "look at it");
        trouble = () -> {
            throw new EnvironmentFailure(problem);
        };
        reloader.tick();
        assertThat(reloader.failure()).isEqualTo(Optional.of(problem));
    }
}
