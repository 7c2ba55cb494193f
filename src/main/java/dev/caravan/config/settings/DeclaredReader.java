package dev.caravan.config.settings;

import dev.caravan.config.settings.ConnectorKind.Form;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.problem.Spelling;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.YamlNode.Entry;
import dev.caravan.yaml.shape.BlockShape;
import dev.caravan.yaml.shape.Section;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads connections on a connector as that declares them. */
record DeclaredReader(Path root, ConnectorKind kind, SettingReader settings, UseReader use, Findings findings)
        implements KindReader {

    @Override
    public BlockShape shape() {
        return SettingShapes.of(kind);
    }

    @Override
    public Set<String> open() {
        Set<String> open = new LinkedHashSet<>(shape().names());
        kind.keys().stream()
                .filter(ConnectorKind.Key::secret)
                .map(ConnectorKind.Key::name)
                .forEach(open::remove);
        return open;
    }

    @Override
    public Optional<Connection> read(Entry entry, Section section) {
        Map<String, Setting> values = new LinkedHashMap<>();
        boolean whole = true;
        for (ConnectorKind.Key key : kind.keys()) {
            boolean asked = key.always() || section.has(key.name());
            Optional<Setting> value = asked ? value(key, section) : standard(key, entry);
            value.ifPresent(setting -> values.put(key.name(), setting));
            whole &= value.isPresent() || !asked;
        }
        whole &= kind.keys().stream()
                .filter(key -> !values.containsKey(key.name()) && !section.has(key.name()))
                .allMatch(key -> spared(key, values, entry));
        Optional<Limits> limits = use.limits(section);
        Optional<Duration> zombies = use.zombieWindow(section);
        whole &= limits.isPresent() || !section.has("limits");
        return whole
                ? Optional.of(new Connection.Declared(entry.key(), kind, values, limits, zombies, entry.place()))
                : Optional.empty();
    }

    /** Whether a key that is not there is not needed with the values of the others. */
    private boolean spared(ConnectorKind.Key key, Map<String, Setting> values, Entry entry) {
        boolean needed = key.required()
                && !key.when().isEmpty()
                && key.when().entrySet().stream()
                        .allMatch(other -> Optional.ofNullable(values.get(other.getKey()))
                                .flatMap(Setting::lookup)
                                .filter(other.getValue()::contains)
                                .isPresent());
        if (needed) {
            String where = key.when().entrySet().stream()
                    .map(other -> other.getKey() + ": " + String.join(" or ", other.getValue()))
                    .collect(Collectors.joining(", "));
            findings.report(
                    Code.YAML_MISSING_KEY,
                    entry.place(),
                    "a connection with " + where + " needs '" + key.name() + "'",
                    "add '" + key.name() + ": …'" + (key.about().isEmpty() ? "" : ", " + key.about()));
        }
        return !needed;
    }

    private static Optional<Setting> standard(ConnectorKind.Key key, Entry entry) {
        return key.byDefault().map(text -> new Setting.Literal(text, entry.place()));
    }

    private Optional<Setting> value(ConnectorKind.Key key, Section section) {
        return section.text(key.name())
                .map(settings::setting)
                .filter(setting -> key.secret() || fits(key, setting))
                .map(setting -> rooted(key, setting));
    }

    /** What stands elsewhere and is not there now is another matter. */
    private boolean fits(ConnectorKind.Key key, Setting setting) {
        Optional<Problem> wrong = key.form() == Form.ADDRESS
                ? Address.problem(setting, Address.BASE)
                : setting.lookup().flatMap(text -> wrong(key, setting, text));
        wrong.ifPresent(findings::report);
        return wrong.isEmpty();
    }

    private static Optional<Problem> wrong(ConnectorKind.Key key, Setting setting, String text) {
        String expected = switch (key.form()) {
            case NUMBER -> text.matches("[0-9]{1,18}") ? "" : "a whole number";
            case FLAG -> text.matches("true|false") ? "" : "true or false";
            case TEXT, PATH, ADDRESS -> "";
        };
        if (!expected.isEmpty()) {
            return Optional.of(Problem.at(
                    Code.YAML_BAD_VALUE,
                    setting.place(),
                    "'" + key.name() + "' is " + expected,
                    key.about().isEmpty() ? "write " + expected : key.about()));
        }
        return key.oneOf().isEmpty() || key.oneOf().contains(text)
                ? Optional.empty()
                : Optional.of(Problem.at(
                        Code.YAML_BAD_VALUE,
                        setting.place(),
                        "'" + key.name() + "' cannot be '" + text + "'",
                        Spelling.suggest(text, key.oneOf(), "choose one of " + String.join(", ", key.oneOf()))));
    }

    private Setting rooted(ConnectorKind.Key key, Setting setting) {
        return key.form() == Form.PATH && setting instanceof Setting.Literal literal
                ? new Setting.Literal(root.resolve(literal.text()).normalize().toString(), literal.place())
                : setting;
    }
}
