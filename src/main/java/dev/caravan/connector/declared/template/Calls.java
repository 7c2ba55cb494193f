package dev.caravan.connector.declared.template;

import dev.caravan.normalise.Normalised;
import dev.caravan.row.Value;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Applies functions. Null stays null, except where a function says what stands for it; what is absent stays absent. */
final class Calls {

    private Calls() {}

    static Result apply(Call call, Datum to) {
        if (call.function() == Function.DEFAULT) {
            boolean nothing = to instanceof Datum.Absent
                    || (to instanceof Datum.One one && one.value().isNull());
            return nothing ? Result.Made.text(call.arguments().getFirst()) : new Result.Made(to);
        }
        return switch (to) {
            case Datum.Absent absent -> new Result.Made(absent);
            case Datum.Fields fields -> FieldCalls.apply(call, fields);
            case Datum.Names names -> new Result.Unfit("'" + call.function().text() + "' does not take names");
            case Datum.Tree tree -> new Result.Unfit("'" + call.function().text() + "' does not take a tree");
            case Datum.One one when one.value().isNull() -> new Result.Made(one);
            case Datum.One one -> one(call, call.arguments(), one.value());
        };
    }

    private static Result one(Call call, List<String> arguments, Value value) {
        return switch (call.function()) {
            case TEXT -> Result.Made.text(value.text());
            case NUMBER -> NumberCalls.number(value);
            case INTEGER -> NumberCalls.integer(value);
            case DECIMAL -> NumberCalls.decimal(value, arguments.getFirst());
            case MICROS -> NumberCalls.micros(value);
            case BOOLEAN -> truth(value);
            case ISO_DATE -> TimeCalls.date(value);
            case ISO_INSTANT -> TimeCalls.instant(value);
            case EPOCH_SECONDS -> TimeCalls.epoch(value, 1_000_000_000L);
            case EPOCH_MILLIS -> TimeCalls.epoch(value, 1_000_000L);
            case LOWER -> Result.Made.text(value.text().toLowerCase(Locale.ROOT));
            case UPPER -> Result.Made.text(value.text().toUpperCase(Locale.ROOT));
            case TRIM -> Result.Made.text(value.text().strip());
            case PREFIX -> Result.Made.text(arguments.getFirst() + value.text());
            case LENGTH ->
                new Result.Made(new Datum.One(new Value.Int(
                        value.text().codePointCount(0, value.text().length()))));
            case SHA256 -> sha256(value.text());
            case HASHED -> hashed(value.text().strip().toLowerCase(Locale.ROOT));
            case BASE64 ->
                Result.Made.text(Base64.getEncoder().encodeToString(value.text().getBytes(StandardCharsets.UTF_8)));
            case QUOTED -> Result.Made.text(quoted(value.text()));
            case ODATA -> Result.Made.text("'" + value.text().replace("'", "''") + "'");
            case SEGMENT ->
                Segments.plain(value.text())
                        ? new Result.Made(new Datum.One(value))
                        : new Result.Unfit("only letters, digits and . _ ~ : @ - may be in it");
            case LISTED ->
                value.text().isBlank() || value.text().indexOf(',') >= 0
                        ? new Result.Unfit("a comma would part it, or it is blank")
                        : new Result.Made(new Datum.One(value));
            case NORMALISE -> normalised(call, value.text());
            case DEFAULT -> new Result.Made(new Datum.One(value));
            case STRINGS, EPOCHS, NEST, ONLY, WITHOUT ->
                new Result.Unfit("'" + call.function().text() + "' takes fields, not one value");
        };
    }

    private static Result normalised(Call call, String text) {
        return call.normaliser()
                .<Result>map(normaliser -> switch (normaliser.apply(text)) {
                    case Normalised.Text made -> Result.Made.text(made.value());
                    case Normalised.Blank blank -> new Result.Made(new Datum.Absent());
                    case Normalised.Unusable unusable -> new Result.Unfit(unusable.reason());
                })
                .orElseThrow();
    }

    private static Result truth(Value value) {
        String text = value.text().toLowerCase(Locale.ROOT);
        if (value instanceof Value.Bool) {
            return new Result.Made(new Datum.One(value));
        }
        return text.equals("true") || text.equals("false")
                ? new Result.Made(new Datum.One(new Value.Bool(text.equals("true"))))
                : new Result.Unfit("not true or false");
    }

    private static Result sha256(String text) {
        if (text.isBlank()) {
            return new Result.Unfit("blank, and the hash of nothing would match nothing");
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Result.Made.text(HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static Result hashed(String text) {
        if (text.isEmpty()) {
            return new Result.Made(new Datum.Absent());
        }
        return text.matches("[0-9a-f]{64}")
                ? Result.Made.text(text)
                : new Result.Unfit("no SHA-256 hash; the mapping makes it: normalise");
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
