package dev.caravan.app.observe;

import dev.caravan.problem.Place;
import dev.caravan.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Whether the workspace's files are as they should be. Broken ones leave the worker up and ready, since their last good versions are
 * in use; the check's message then says {@code degraded} and which problems there are.
 */
public final class WorkspaceHealth extends AbstractHealthCheck {

    private final Supplier<List<Problem>> problems;

    public WorkspaceHealth(Supplier<List<Problem>> problems) {
        super("caravan", "workspace");
        this.problems = problems;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        List<Problem> now = problems.get();
        if (!now.isEmpty()) {
            // Camel escapes a message twice, which spoils the slashes of a path; data, asked for by ?data=true, it
            // escapes once.
            builder.message(
                    "degraded: " + now.stream().map(WorkspaceHealth::brief).collect(Collectors.joining(" | ")));
            IntStream.range(0, now.size())
                    .forEach(
                            i -> builder.detail("problem." + (i + 1), now.get(i).oneLine()));
        }
        builder.up();
    }

    /** One problem, its place by the file's name alone. */
    private static String brief(Problem problem) {
        Place place = problem.place();
        return place == null
                ? problem.oneLine()
                : problem.oneLine()
                        .replace(
                                place.file(),
                                place.file().substring(place.file().lastIndexOf('/') + 1));
    }
}
