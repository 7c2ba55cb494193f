package dev.caravan.connector.declared.template;

import dev.caravan.connector.declared.select.Parsed;
import dev.caravan.problem.Spelling;
import java.util.ArrayList;
import java.util.List;

/** Compiles texts with holes. Whether a hole may stand where it stands is for {@link HoleCheck}. */
public final class TemplateParser {

    private static final int LONGEST = 10_000;

    private TemplateParser() {}

    /** Compiles a text. */
    public static Parsed<TextTemplate> parse(String text) {
        if (text.length() > LONGEST) {
            return new Parsed.Bad<>(0, "a template of " + text.length() + " characters", "write a shorter one");
        }
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf("{{", at);
            int until = open < 0 ? text.length() : open;
            if (until > at) {
                parts.add(new Part.Literal(text.substring(at, until)));
            }
            if (open < 0) {
                break;
            }
            int close = text.indexOf("}}", open);
            int offset = text.codePointCount(0, open);
            if (close < 0) {
                return new Parsed.Bad<>(offset, "'{{' is not closed", "write }} behind it");
            }
            switch (hole(text.substring(open + 2, close), offset)) {
                case Parsed.Good<Hole> good -> parts.add(new Part.Filled(good.value()));
                case Parsed.Bad<Hole> bad -> {
                    return new Parsed.Bad<>(bad.offset(), bad.message(), bad.suggestion());
                }
            }
            at = close + 2;
        }
        return new Parsed.Good<>(new TextTemplate(text, parts));
    }

    private static Parsed<Hole> hole(String text, int offset) {
        List<String> pieces = List.of(text.split("\\|", -1));
        Parsed<Ref> ref = ref(pieces.getFirst().strip(), offset);
        List<Call> calls = new ArrayList<>();
        for (String piece : pieces.subList(1, pieces.size())) {
            switch (call(piece.strip(), offset)) {
                case Parsed.Good<Call> good -> calls.add(good.value());
                case Parsed.Bad<Call> bad -> {
                    return new Parsed.Bad<>(bad.offset(), bad.message(), bad.suggestion());
                }
            }
        }
        return switch (ref) {
            case Parsed.Good<Ref> good -> new Parsed.Good<>(new Hole(good.value(), calls, offset));
            case Parsed.Bad<Ref> bad -> new Parsed.Bad<>(bad.offset(), bad.message(), bad.suggestion());
        };
    }

    /** Compiles what a hole names. */
    public static Parsed<Ref> ref(String written, int offset) {
        boolean optional = written.endsWith("?");
        String path = optional ? written.substring(0, written.length() - 1).strip() : written;
        if (path.startsWith(Root.ROW_FIELD.text() + ".")) {
            String name = path.substring(Root.ROW_FIELD.text().length() + 1);
            return new Parsed.Good<>(new Ref(Root.ROW_FIELD, name, optional));
        }
        int dot = path.indexOf('.');
        String first = dot < 0 ? path : path.substring(0, dot);
        String name = dot < 0 ? "" : path.substring(dot + 1);
        List<String> roots = new ArrayList<>();
        for (Root root : Root.values()) {
            roots.add(root.text());
            if (root.text().equals(first)) {
                return root.named() && name.isEmpty()
                        ? new Parsed.Bad<>(offset, "'" + path + "' says not which", "write " + root.text() + ".name")
                        : new Parsed.Good<>(new Ref(root, name, optional));
            }
        }
        return new Parsed.Bad<>(
                offset,
                path.isEmpty() ? "nothing is named between the braces" : "nothing is called '" + first + "'",
                Spelling.suggest(first, roots, "there are " + String.join(", ", roots)));
    }

    private static Parsed<Call> call(String written, int offset) {
        int colon = written.indexOf(':');
        String name = (colon < 0 ? written : written.substring(0, colon)).strip();
        List<String> arguments = colon < 0 ? List.of() : arguments(written.substring(colon + 1));
        List<String> names = new ArrayList<>();
        for (Function function : Function.values()) {
            names.add(function.text());
            if (function.text().equals(name)) {
                return called(function, arguments, offset);
            }
        }
        return new Parsed.Bad<>(
                offset,
                "there is no function '" + name + "'",
                Spelling.suggest(name, names, "there are " + String.join(", ", names)));
    }

    private static Parsed<Call> called(Function function, List<String> arguments, int offset) {
        if (arguments.size() < function.least() || arguments.size() > function.most()) {
            String wanted = function.most() == 0
                    ? "no argument"
                    : function.least() + (function.most() == function.least() ? "" : " or more")
                            + ", separated by commas";
            return new Parsed.Bad<>(
                    offset, "'" + function.text() + "' with " + arguments.size() + " arguments", "it takes " + wanted);
        }
        return Call.of(function, arguments, offset);
    }

    private static List<String> arguments(String text) {
        List<String> arguments = new ArrayList<>();
        for (String argument : text.split(",", -1)) {
            String plain = argument.strip();
            boolean quoted = plain.length() >= 2 && plain.startsWith("'") && plain.endsWith("'");
            arguments.add(quoted ? plain.substring(1, plain.length() - 1) : plain);
        }
        return arguments;
    }
}
