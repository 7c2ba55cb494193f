package dev.caravan.cli;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What a process is given by its surroundings.
 *
 * @param out answers
 * @param err everything else
 * @param in where a person can be asked, if {@code terminal}
 * @param terminal whether a person watches stderr and sits at stdin
 * @param env environment variables
 * @param clock the wall clock, for the time of a decision
 * @param nanos a steady clock, for rates
 * @param stay waits until the process is asked to end
 */
public record Console(
        PrintStream out,
        PrintStream err,
        BufferedReader in,
        boolean terminal,
        Map<String, String> env,
        InstantSource clock,
        LongSupplier nanos,
        Stay stay) {

    /** This process. The launcher says whether there is a terminal, since Java before 22 cannot tell. */
    static Console ofProcess() {
        return new Console(
                System.out,
                System.err,
                new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())),
                Boolean.getBoolean("caravan.terminal"),
                System.getenv(),
                InstantSource.system(),
                System::nanoTime,
                Stay::untilSignal);
    }

    /** Whether a line may be rewritten in place. */
    public boolean lively() {
        return terminal && !env.containsKey("CI") && !env.containsKey("NO_COLOR");
    }
}
