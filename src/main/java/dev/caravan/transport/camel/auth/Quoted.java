package dev.caravan.transport.camel.auth;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;

/**
 * A secret as it is looked for among bytes: in either case, broken by line ends, and in all the escapes that {@link Unescaped} knows.
 * Immutable.
 */
final class Quoted {

    private static final String VEILED = Veil.latin("…");

    private final int length;
    private final String core;
    private final String meant;
    private final boolean number;
    private final int[] fallback;

    /**
     * @param core what it has in every escape, in lower case
     * @param meant what is looked for
     */
    private Quoted(String secret, String core, String meant) {
        this.length = secret.length();
        this.core = core;
        this.meant = meant;
        this.number = secret.matches("[0-9]+");
        this.fallback = fallback(meant);
    }

    static Quoted of(String secret) {
        String core = Arrays.stream(secret.split("\\\\+[nrt]|[^A-Za-z0-9]+", -1))
                .max(Comparator.comparingInt(String::length))
                .orElse("")
                .toLowerCase(Locale.ROOT);
        return new Quoted(secret, core, Unescaped.of(Veil.latin(secret)));
    }

    /** Of the secret itself, in characters. */
    int length() {
        return length;
    }

    /**
     * After Knuth, Morris and Pratt: for each character, how much may yet be the beginning where the next one does not follow.
     */
    private static int[] fallback(String meant) {
        int[] fallback = new int[meant.length() + 1];
        int same = 0;
        for (int i = 1; i < meant.length(); i++) {
            while (same > 0 && meant.charAt(i) != meant.charAt(same)) {
                same = fallback[same];
            }
            same += meant.charAt(i) == meant.charAt(same) ? 1 : 0;
            fallback[i + 1] = same;
        }
        return fallback;
    }

    /**
     * Where cores are searched for first, which is much faster.
     *
     * @param lines in lower case
     * @param joined the same without what breaks lines
     */
    record Haystack(String lines, String joined) {

        static Haystack of(String bytes) {
            String lines = bytes.toLowerCase(Locale.ROOT);
            boolean broken = lines.indexOf('\n') >= 0 || lines.indexOf('\r') >= 0 || lines.indexOf('\\') >= 0;
            return new Haystack(lines, broken ? joined(lines) : lines);
        }

        private static String joined(String lines) {
            StringBuilder joined = new StringBuilder(lines.length());
            boolean fresh = false;
            for (int i = 0; i < lines.length(); i++) {
                char next = lines.charAt(i);
                boolean escaped = next == '\\' && (lines.startsWith("n", i + 1) || lines.startsWith("r", i + 1));
                if (next == '\n' || next == '\r' || escaped) {
                    fresh = true;
                    i += escaped ? 1 : 0;
                } else if (next != '\\' && next != '=' && !(fresh && (next == ' ' || next == '\t'))) {
                    fresh = false;
                    joined.append(next);
                }
            }
            return joined.toString();
        }
    }

    boolean mayBeIn(Haystack haystack) {
        return haystack.lines().contains(core) || haystack.joined().contains(core);
    }

    /**
     * The bytes without it.
     *
     * @param success whether they may tell of rows: then digits among others, and a number of JSON, are no quotation
     */
    String without(String bytes, boolean success) {
        if (meant.isEmpty()) {
            return bytes;
        }
        StringBuilder clean = new StringBuilder();
        Unescaped reader = new Unescaped(bytes);
        int[] starts = new int[meant.length()];
        int kept = 0;
        int same = 0;
        for (int i = 0; reader.next(); i++) {
            starts[i % starts.length] = reader.start();
            while (same > 0 && reader.character() != meant.charAt(same)) {
                same = fallback[same];
            }
            same += reader.character() == meant.charAt(same) ? 1 : 0;
            if (same == meant.length()) {
                int from = starts[(i + 1) % starts.length];
                if (from >= kept && !(success && number && figure(bytes, from, reader.end()))) {
                    clean.append(bytes, kept, from).append(VEILED);
                    kept = reader.end();
                }
                same = 0;
            }
        }
        return kept == 0 ? bytes : clean.append(bytes, kept, bytes.length()).toString();
    }

    private static boolean figure(String bytes, int from, int to) {
        int before = from - 1;
        int after = to;
        if (digit(bytes, before) || digit(bytes, after)) {
            return true;
        }
        while (before >= 0 && Character.isWhitespace(bytes.charAt(before))) {
            before--;
        }
        while (after < bytes.length() && Character.isWhitespace(bytes.charAt(after))) {
            after++;
        }
        return among(bytes, before, ":,[-.") && among(bytes, after, ",]}.eE");
    }

    private static boolean digit(String bytes, int at) {
        return at >= 0 && at < bytes.length() && bytes.charAt(at) >= '0' && bytes.charAt(at) <= '9';
    }

    /** Also where there is nothing any more. */
    private static boolean among(String bytes, int at, String characters) {
        return at < 0 || at >= bytes.length() || characters.indexOf(bytes.charAt(at)) >= 0;
    }

    @Override
    public String toString() {
        return "Quoted[…]";
    }
}
