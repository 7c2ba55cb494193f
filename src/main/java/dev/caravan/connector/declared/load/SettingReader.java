package dev.caravan.connector.declared.load;

import com.google.re2j.Pattern;
import dev.caravan.connector.declared.spec.SettingSpec;
import dev.caravan.connector.declared.template.When;
import dev.caravan.problem.Code;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.YamlNode;
import dev.caravan.yaml.YamlNode.Entry;
import dev.caravan.yaml.shape.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads settings. */
final class SettingReader {

    private static final Set<String> TAKEN = Set.of("connector", "limits", "zombie_window");

    private final Compiler compiler;

    SettingReader(Compiler compiler) {
        this.compiler = compiler;
    }

    List<SettingSpec> settings(View view) {
        List<SettingSpec> settings = new ArrayList<>();
        List<String> names = view.entries("settings").stream().map(Entry::key).toList();
        WhenReader whens = new WhenReader(compiler, names);
        for (Entry entry : view.entries("settings")) {
            name(entry);
            Optional<View> inside = View.of(entry.value());
            settings.add(
                    inside.map(setting -> setting(entry.key(), setting, whens)).orElseGet(() -> plain(entry.key())));
        }
        return settings;
    }

    private void name(Entry entry) {
        if (TAKEN.contains(entry.key()) || !entry.key().matches("[a-z][a-z0-9_]{0,39}")) {
            compiler.report(
                    Code.CONNECTOR_NAME,
                    entry.place(),
                    "a setting cannot be called '" + entry.key() + "'",
                    TAKEN.contains(entry.key())
                            ? "every connection has this key already"
                            : "write lower-case letters, digits and underscores");
        }
    }

    private static SettingSpec plain(String name) {
        return new SettingSpec(
                name,
                SettingSpec.Kind.TEXT,
                false,
                true,
                When.ALWAYS,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                "");
    }

    private SettingSpec setting(String name, View view, WhenReader whens) {
        Optional<String> byDefault = view.node("default")
                .filter(YamlNode.Scalar.class::isInstance)
                .map(node -> ((YamlNode.Scalar) node).text());
        List<String> oneOf = view.texts("one_of").stream().map(Located::value).toList();
        boolean secret = view.flag("secret", false);
        if (secret && byDefault.isPresent()) {
            wrong(view, "default", "a secret has no default", "remove it: who uses the connector gives it");
        }
        if (byDefault.isPresent() && !oneOf.isEmpty() && !oneOf.contains(byDefault.get())) {
            wrong(view, "default", "the default is not one of the values", "write one of " + String.join(", ", oneOf));
        }
        if (view.has("when") && (byDefault.isPresent() || view.flag("optional", false))) {
            wrong(view, "when", "never needed", "leave 'when' out: it says with which settings a connection needs it");
        }
        Optional<Pattern> pattern = compiler.pattern(view, "pattern");
        if (pattern.isPresent() && byDefault.isPresent() && !pattern.get().matches(byDefault.get())) {
            wrong(view, "default", "the default does not match the pattern", "write one that does");
        }
        return new SettingSpec(
                name,
                view.word("kind", SettingSpec.Kind.class).orElse(SettingSpec.Kind.TEXT),
                secret,
                byDefault.isEmpty() && !view.flag("optional", false),
                whens.when(view),
                byDefault,
                oneOf,
                pattern,
                view.text("about", ""));
    }

    private void wrong(View view, String key, String message, String suggestion) {
        compiler.report(Code.CONNECTOR_OPERATION, view.placeOf(key), message, suggestion);
    }
}
