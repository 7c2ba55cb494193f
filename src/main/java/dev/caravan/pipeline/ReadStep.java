package dev.caravan.pipeline;

/** Step 4: read the whole model into a staged generation. */
public final class ReadStep implements Step {

    @Override
    public void on(SyncRun run) {
        run.beat("read", 0, -1);
        long rows = run.session().read();
        run.beat("read", rows, rows);
    }
}
