package dev.caravan.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The oracle itself: every planted mistake is seen within a thousand lives, as what it is. */
class PlantedBugsTest {

    private static final RouteScript ROUTES = RouteScript.of(Path.of("routes"));
    private static final int SEEDS = 1_000;

    @ParameterizedTest
    @EnumSource(PlantedBug.class)
    void isCaught(PlantedBug bug) {
        assertThat(LongStream.rangeClosed(1, SEEDS)
                        .mapToObj(seed -> Simulation.of(seed, ROUTES, bug.plants()))
                        .filter(life -> life.violations().stream().anyMatch(violation -> breaks(bug, violation)))
                        .findFirst())
                .as("%s breaks one of %s in %d seeds", bug, broken(bug), SEEDS)
                .isPresent();
    }

    /** I6, where a run of one worker may read the model and remove by it long after the other has seen it otherwise. */
    @ParameterizedTest
    @EnumSource(names = {"HALF_A_MODEL_TAKEN_FOR_ALL_OF_IT", "QUARANTINED_ROWS_TAKEN_FOR_GONE"})
    void isCaughtWhereTwoShareALedger(PlantedBug bug) {
        assertThat(LongStream.rangeClosed(1, SEEDS)
                        .mapToObj(seed -> Simulation.of(seed, ROUTES, bug.plants(), true))
                        .filter(life -> life.violations().stream().anyMatch(violation -> breaks(bug, violation)))
                        .findFirst())
                .as("%s breaks one of %s in %d seeds of two workers", bug, broken(bug), SEEDS)
                .isPresent();
    }

    private static boolean breaks(PlantedBug bug, String violation) {
        return broken(bug).contains(violation.substring(0, violation.indexOf(' ')));
    }

    /** The invariants that a mistake breaks. That something failed or that the books do not balance shows others too, and proves little. */
    private static List<String> broken(PlantedBug bug) {
        return switch (bug) {
            case SERVER_ERROR_TAKEN_AS_REFUSAL, UNKNOWN_RECORDED_AS_REFUSED, SNAPSHOT_LEAVES_ACCEPTED_ROWS_OUT ->
                List.of("I1", "I4");
            case REFUSED_TOGETHER_TAKEN_AS_REFUSED_EACH, NOT_APPLIED_RECORDED_AS_REFUSED, DOUBTS_FORGOTTEN ->
                List.of("I1");
            case TIMEOUT_TAKEN_AS_FAILURE,
                    UNKNOWN_RECORDED_AS_NOT_APPLIED,
                    SENT_AGAIN_BELOW_THE_BOOKS,
                    JOB_NOT_REMEMBERED,
                    JOB_REMEMBERED_AFTER_IT_WAS_CLOSED,
                    JOB_GIVEN_UP_WHEN_IT_TAKES_LONG,
                    OPEN_JOBS_TAKEN_AS_NEVER_STARTED -> List.of("I4", "I8");
            case REPEATS_HAVE_A_KEY_OF_THEIR_OWN,
                    REPEATED_WHEN_ITS_KEY_WAS_FORGOTTEN,
                    DEDUPE_KEY_KEPT_FOR_ANOTHER_PAYLOAD,
                    SNAPSHOT_FORGETS_WHAT_IS_UNKNOWN,
                    LOOKED_UP_WHILE_IT_MAY_STILL_LAND,
                    LOOK_UP_THAT_FAILED_TAKEN_AS_NOT_THERE,
                    DOUBTFUL_APPENDS_SENT_AGAIN -> List.of("I4");
            case SOMEBODY_ELSES_RECORD_TAKEN_FOR_OURS, WITHHELD_FIELD_FORGOTTEN -> List.of("I1", "I2");
            case INTENT_WRITTEN_AFTER_SENDING -> List.of("I3");
            case LOST_REQUESTS_TAKEN_AS_OVER -> List.of("I8");
            case OPEN_BATCHES_FORGOTTEN -> List.of("I4", "I5");
            case RECOVERY_LEFT_OUT, ROWS_NOT_SENT_NOT_ACCOUNTED_FOR -> List.of("I9");
            case STANDING_REFUSALS_FORGOTTEN -> List.of("I12");
            case PAUSE_NOT_SEEN -> List.of("I16");
            case SENT_AFTER_THE_LEASE_WAS_OVER, EPOCH_NOT_CHECKED -> List.of("I10");
            case HALF_A_MODEL_TAKEN_FOR_ALL_OF_IT, QUARANTINED_ROWS_TAKEN_FOR_GONE -> List.of("I6");
            // All that takes for true what is not.
            default -> List.of("I2");
        };
    }
}
