package dev.caravan.normalise;

import dev.caravan.normalise.Compiled.Wrong;
import dev.caravan.normalise.Named.Kind;
import dev.caravan.problem.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The text of a pipe, read from left to right; the first mistake ends it. For one use. */
final class Pipe {

    private final String text;
    private final List<Normaliser.Part> parts = new ArrayList<>();

    Pipe(String text) {
        this.text = text;
    }

    Compiled compile() {
        int from = 0;
        while (from <= text.length()) {
            int bar = text.indexOf('|', from);
            int to = bar < 0 ? text.length() : bar;
            Optional<Wrong> wrong = part(from, to);
            if (wrong.isPresent()) {
                return wrong.get();
            }
            from = to + 1;
        }
        return new Compiled.Done(new Normaliser(parts));
    }

    private Optional<Wrong> part(int from, int to) {
        int colon = text.substring(from, to).indexOf(':');
        int end = colon < 0 ? to : from + colon;
        String name = text.substring(from, end).strip();
        int offset = name.isEmpty() ? Math.min(from, Math.max(text.length() - 1, 0)) : text.indexOf(name, from);
        Optional<Named> named = Normalisers.named(name);
        if (named.isEmpty()) {
            String message = name.isEmpty() ? "a name is missing" : "there is no normaliser '" + name + "'";
            return Optional.of(new Wrong(offset, message, suggestion(name)));
        }
        Optional<String> argument =
                Optional.of(text.substring(Math.min(end + 1, to), to).strip()).filter(found -> colon >= 0);
        Optional<Wrong> wrong = misplaced(named.get(), offset)
                .or(() -> argument.flatMap(found -> badArgument(named.get(), found, end + 1)));
        parts.add(new Normaliser.Part(named.get(), argument.flatMap(Countries::code)));
        return wrong;
    }

    private static String suggestion(String name) {
        return switch (name) {
            case "sha256", "hash" -> "write sha256.hex, or as the destination wants it sha256.hex_upper, sha256.base64";
            case "phone" -> "write phone.e164, or that of the platform: google.phone, meta.phone, tiktok.phone";
            default ->
                Spelling.suggest(name, Normalisers.names(), "the names are " + String.join(", ", Normalisers.names()));
        };
    }

    private Optional<Wrong> misplaced(Named next, int offset) {
        Optional<Named> hash = parts.stream()
                .map(Normaliser.Part::named)
                .filter(named -> named.kind() == Kind.HASH)
                .findFirst();
        if (hash.isPresent()) {
            return Optional.of(new Wrong(
                    offset, "nothing can follow " + hash.get().name(), "a hash is the last step: normalise before it"));
        }
        for (Normaliser.Part part : parts) {
            Named earlier = part.named();
            if (next.kind() == Kind.HASH && (earlier.kind() == Kind.OPEN || earlier.kind() == Kind.ID)) {
                return Optional.of(new Wrong(
                        offset,
                        earlier.name() + " is sent in the open, a hash of it would match nothing",
                        "remove " + next.name()));
            }
            if (next.ofPlatform() && earlier.ofPlatform() && !next.platform().equals(earlier.platform())) {
                return Optional.of(new Wrong(
                        offset,
                        earlier.name() + " and " + next.name() + " are rules of two platforms",
                        "keep that of the platform this field is sent to, and map one field for each"));
            }
        }
        return Optional.empty();
    }

    private static Optional<Wrong> badArgument(Named named, String argument, int offset) {
        if (!named.country()) {
            return Optional.of(new Wrong(offset, named.name() + " takes no argument", "remove ': " + argument + "'"));
        }
        return Countries.code(argument).isPresent()
                ? Optional.empty()
                : Optional.of(new Wrong(
                        offset, "'" + argument + "' is no country", "write its two letters, such as DE or US"));
    }
}
