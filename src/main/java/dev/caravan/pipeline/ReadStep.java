package dev.caravan.pipeline;

/** Step 4: read the whole model into a staged generation. A run that was stopped or paused meanwhile reads nothing. */
public final class ReadStep implements Step {

    @Override
    public void on(SyncRun run) {
        run.beat("read", 0, -1);
        run.target().refuseIfStopped(false);
        long rows = run.session().read();
        run.beat("read", rows, rows);
    }
}
