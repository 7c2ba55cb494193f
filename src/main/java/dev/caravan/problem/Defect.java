package dev.caravan.problem;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An exception that nobody foresaw, as a log may show it: its kinds and where they arose, without their messages, in which a driver or
 * a parser may quote a row.
 */
public final class Defect {

    private static final int FRAMES = 8;

    private Defect() {}

    /** One line: kind and innermost frames, then the same of what caused it. */
    public static String oneLine(@Nullable Throwable failure) {
        return Stream.iterate(failure, each -> each != null, Throwable::getCause)
                .limit(FRAMES)
                .map(Defect::withFrames)
                .collect(Collectors.joining(", caused by "));
    }

    private static String withFrames(Throwable failure) {
        return Arrays.stream(failure.getStackTrace())
                .limit(FRAMES)
                .map(StackTraceElement::toString)
                .collect(Collectors.joining(" < ", failure.getClass().getName() + " at ", ""));
    }
}
