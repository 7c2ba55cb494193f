package dev.caravan.pipeline;

import dev.caravan.delivery.DeliveryReport.Halt;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;

/** Why a delivery ended before its last row, as people read it. The rows not sent are held and come back by themselves. */
public final class Halts {

    private Halts() {}

    /** One line with a code. */
    public static String oneLine(Halt halt) {
        return problem(halt).oneLine();
    }

    static Problem problem(Halt halt) {
        return switch (halt.reason()) {
            case "stopped" ->
                Problem.of(
                        Code.RUN_STOPPED, "the worker was told to stop between batches", "the next run sends the rest");
            case "paused" ->
                Problem.of(
                        Code.RUN_PAUSED,
                        "it was paused between batches",
                        "caravan status says by whom, and caravan resume lets it go on");
            case LeaseWatch.REASON ->
                Problem.of(
                        Code.RUN_LEASE,
                        "the run's lease was not renewed in time, so that another worker may take the mapping over",
                        "the next run sends the rest; look why the worker could not renew it");
            case Holds.UNKNOWN ->
                Problem.of(
                        Code.LEDGER_UNREACHABLE,
                        "for too long the ledger could not be asked what is paused, so nothing more was sent",
                        "the next run sends the rest; see that the ledger can be reached");
            default -> ofDestination(halt);
        };
    }

    private static Problem ofDestination(Halt halt) {
        String detail = halt.detail().isEmpty() ? "" : " (" + halt.detail() + ")";
        return switch (halt.reason()) {
            case "config" ->
                Problem.of(
                        Code.DESTINATION_REFUSED,
                        "the destination refuses every row alike" + detail,
                        "mend the mapping or the permissions; the rows not sent come back by themselves");
            case "account" ->
                Problem.of(
                        Code.TARGET_IDENTITY,
                        "another account answers now than the one this run was verified against",
                        "see that the connection logs in where it should; nothing went to the other account");
            case "job_going_on", "job_state" ->
                Problem.of(
                        Code.DESTINATION_JOB,
                        "a staged job was left before its end: " + halt.reason(),
                        "the next run asks for its end");
            default ->
                Problem.of(
                        Code.DESTINATION_UNREACHABLE,
                        "delivery ended early: " + halt.reason() + detail,
                        "the rows not sent come back with the next run");
        };
    }
}
