package dev.caravan.connector.declared.template;

import dev.caravan.connector.declared.select.Parsed;
import dev.caravan.normalise.Compiled;
import dev.caravan.normalise.Normaliser;
import dev.caravan.normalise.Normalisers;
import java.util.List;
import java.util.Optional;

/**
 * A function on what stands before it.
 *
 * @param normaliser what its arguments name, for {@link Function#NORMALISE}
 */
public record Call(Function function, List<String> arguments, Optional<Normaliser> normaliser) {

    public Call {
        arguments = List.copyOf(arguments);
    }

    /** A call with as many arguments as the function takes. */
    static Parsed<Call> of(Function function, List<String> arguments, int offset) {
        return switch (function) {
            case NORMALISE -> normalising(arguments, offset);
            case DECIMAL ->
                arguments.getFirst().matches("[0-9]{1,2}")
                        ? new Parsed.Good<>(new Call(function, arguments, Optional.empty()))
                        : new Parsed.Bad<>(offset, "'decimal' takes a number of digits", "write decimal: 2");
            case TEXT,
                    NUMBER,
                    INTEGER,
                    BOOLEAN,
                    ISO_DATE,
                    ISO_INSTANT,
                    EPOCH_SECONDS,
                    EPOCH_MILLIS,
                    MICROS,
                    LOWER,
                    UPPER -> new Parsed.Good<>(new Call(function, arguments, Optional.empty()));
            case TRIM,
                    STRINGS,
                    EPOCHS,
                    NEST,
                    ONLY,
                    WITHOUT,
                    PREFIX,
                    DEFAULT,
                    LENGTH,
                    SHA256,
                    HASHED,
                    BASE64,
                    QUOTED,
                    ODATA,
                    SEGMENT,
                    LISTED -> new Parsed.Good<>(new Call(function, arguments, Optional.empty()));
        };
    }

    private static Parsed<Call> normalising(List<String> arguments, int offset) {
        return switch (Normalisers.compile(String.join(": ", arguments))) {
            case Compiled.Done done ->
                new Parsed.Good<>(new Call(Function.NORMALISE, arguments, Optional.of(done.normaliser())));
            case Compiled.Wrong wrong -> new Parsed.Bad<>(offset, wrong.message(), wrong.suggestion());
        };
    }
}
