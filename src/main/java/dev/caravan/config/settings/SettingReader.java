package dev.caravan.config.settings;

import dev.caravan.yaml.Located;
import dev.caravan.yaml.YamlNode;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads settings and secrets. The text of a value that may be a secret is never part of a message. */
final class SettingReader {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*(env|file):([^{}]+?)\\s*}}");
    private final Path root;
    private final Environment environment;

    SettingReader(Path root, Environment environment) {
        this.root = root;
        this.environment = environment;
    }

    /** Whether the node says no more than where its value stands. */
    static boolean placeholder(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar
                && PLACEHOLDER.matcher(scalar.text()).matches();
    }

    /** A value that its shape lets stand here. */
    Setting setting(Located<String> text) {
        Matcher matcher = PLACEHOLDER.matcher(text.value());
        if (!matcher.matches()) {
            return new Setting.Literal(text.value(), text.place());
        }
        String argument = matcher.group(2).strip();
        return matcher.group(1).equals("env")
                ? new Setting.FromEnvironment(argument, text.place(), environment)
                : new Setting.FromFile(root.resolve(argument), argument, text.place());
    }
}
