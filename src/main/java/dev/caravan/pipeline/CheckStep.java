package dev.caravan.pipeline;

/** Step 5: judge all rows by the contract; bad ones are quarantined with their reasons. */
public final class CheckStep implements Step {

    @Override
    public void on(SyncRun run) {
        run.beat("check", 0, -1);
        run.checked(run.session().check());
    }
}
