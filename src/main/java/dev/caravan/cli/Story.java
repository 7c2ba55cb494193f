package dev.caravan.cli;

/** The demo's story: what {@code caravan demo} shows. */
@FunctionalInterface
public interface Story {

    /**
     * Tells it on stdout.
     *
     * @param once whether to end after the last day instead of staying up
     * @return the exit code
     */
    int tell(Desk desk, boolean once);
}
