package dev.caravan.pipeline;

/** Step 6: diff keys and hashes in the engine. The rows of the changes come later, one by one. */
public final class DiffStep implements Step {

    @Override
    public void on(SyncRun run) {
        run.beat("diff", 0, -1);
        run.diffed(run.session().diff());
    }
}
