package dev.caravan.config.settings;

import dev.caravan.problem.Code;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.Scalars;
import dev.caravan.yaml.YamlNode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads settings and secrets. The text of a value that may be a secret is never part of a message. */
final class SettingReader {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*([a-z]+):([^{}]+?)\\s*}}");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Path root;
    private final Environment environment;
    private final Findings findings;

    SettingReader(Path root, Environment environment, Findings findings) {
        this.root = root;
        this.environment = environment;
        this.findings = findings;
    }

    /** Whether the node says no more than where its value stands. */
    static boolean placeholder(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar
                && PLACEHOLDER.matcher(scalar.text()).matches();
    }

    /** A value that must stand elsewhere. */
    Optional<Setting> secret(YamlNode node, String key) {
        Optional<Located<String>> text = Scalars.text(node, "'" + key + "'", findings);
        if (text.isPresent() && !PLACEHOLDER.matcher(text.get().value()).matches()) {
            findings.report(
                    Code.SECRET_LITERAL,
                    node.place(),
                    "'" + key + "' is a secret and must not stand in a file",
                    "write \"{{env:NAME}}\" or \"{{file:path}}\", and change the secret if it was shared");
            return Optional.empty();
        }
        return text.flatMap(this::setting);
    }

    /** A value that may stand in the file. */
    Optional<Setting> setting(Located<String> text) {
        Matcher matcher = PLACEHOLDER.matcher(text.value());
        if (!matcher.matches()) {
            if (text.value().contains("{{")) {
                return bad(text, "a placeholder within other text");
            }
            return Optional.of(new Setting.Literal(text.value(), text.place()));
        }
        String argument = matcher.group(2).strip();
        return switch (matcher.group(1)) {
            case "env" ->
                VARIABLE.matcher(argument).matches()
                        ? Optional.of(new Setting.FromEnvironment(argument, text.place(), environment))
                        : bad(text, "not the name of an environment variable");
            case "file" -> Optional.of(new Setting.FromFile(root.resolve(argument), argument, text.place()));
            default -> bad(text, "unknown placeholder '" + matcher.group(1) + "'");
        };
    }

    private Optional<Setting> bad(Located<String> text, String message) {
        findings.report(
                Code.YAML_BAD_VALUE, text.place(), message, "the whole value is \"{{env:NAME}}\" or \"{{file:path}}\"");
        return Optional.empty();
    }
}
