package dev.caravan.cli.serve;

import dev.caravan.cli.Desk;
import dev.caravan.cli.Story;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code caravan demo}: three days of a small business against the sandbox. */
@Command(name = "demo", description = "Show three days of a small business, against the sandbox.")
public final class DemoCommand implements Callable<Integer> {

    private final Desk desk;
    private final Story story;

    @Option(names = "--once", description = "End after the third day instead of staying up.")
    private boolean once;

    public DemoCommand(Desk desk, Story story) {
        this.desk = desk;
        this.story = story;
    }

    @Override
    public Integer call() {
        return story.tell(desk, once);
    }
}
