package dev.caravan.problem;

import dev.caravan.problem.CaravanException.EnvironmentFailure;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A disk that does not take or give what the state folder needs. The operating system says why in words that every library passes on:
 * room and rights are told apart by them, since they ask for different people.
 */
public final class DiskFailure {

    private static final String STAYS =
            "; what was under way is settled by the next run, nothing has to be started again";

    private DiskFailure() {}

    /**
     * The exception to throw.
     *
     * @param what what cannot be read or written, as the subject of a sentence
     * @param words what the library or the operating system said; never shown, since it may quote a row
     * @param otherwise what to do where the words do not tell
     */
    public static EnvironmentFailure of(String what, @Nullable String words, String otherwise) {
        return switch (told(words)) {
            case FULL -> full(what);
            case READ_ONLY -> readOnly(what);
            case NOTHING ->
                new EnvironmentFailure(Problem.of(Code.STATE_IO, what + " cannot be read or written", otherwise));
        };
    }

    /** Whether the words tell that a disk is full or read-only. */
    public static boolean isTold(@Nullable String words) {
        return told(words) != Told.NOTHING;
    }

    private enum Told {
        FULL,
        READ_ONLY,
        NOTHING
    }

    private static Told told(@Nullable String words) {
        String said = words == null ? "" : words.toLowerCase(Locale.ROOT);
        if (said.contains("no space left") || said.contains("quota exceeded")) {
            return Told.FULL;
        }
        return said.contains("read-only file system") ? Told.READ_ONLY : Told.NOTHING;
    }

    /** There is no room. */
    public static EnvironmentFailure full(String what) {
        return new EnvironmentFailure(Problem.of(
                Code.STATE_FULL,
                what + " cannot be written: the disk is full",
                "make room on the disk of the state folder" + STAYS));
    }

    /** Nothing may be written. */
    public static EnvironmentFailure readOnly(String what) {
        return new EnvironmentFailure(Problem.of(
                Code.STATE_READ_ONLY,
                what + " cannot be written: its disk or file is read-only",
                "mount the disk of the state folder for writing, and give it to the worker's user" + STAYS));
    }
}
