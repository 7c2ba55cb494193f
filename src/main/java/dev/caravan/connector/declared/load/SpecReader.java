package dev.caravan.connector.declared.load;

import dev.caravan.connector.declared.spec.AccountSpec;
import dev.caravan.connector.declared.spec.AuthSpec;
import dev.caravan.connector.declared.spec.ConnectorSpec;
import dev.caravan.connector.declared.spec.LogInSpec;
import dev.caravan.connector.declared.spec.SettingSpec;
import dev.caravan.connector.declared.template.Ground;
import dev.caravan.connector.declared.template.Part;
import dev.caravan.connector.declared.template.Root;
import dev.caravan.connector.declared.template.TextTemplate;
import dev.caravan.problem.Code;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.YamlNode;
import dev.caravan.yaml.shape.View;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the whole of a connector. What the shapes have reported reads as something harmless, so that all else is found too. */
final class SpecReader {

    private final Compiler compiler;
    private final ConditionReader conditions;
    private final TemplateReader templates;
    private final View file;

    SpecReader(Compiler compiler, View file) {
        this.compiler = compiler;
        this.conditions = new ConditionReader(compiler);
        this.templates = new TemplateReader(compiler);
        this.file = file;
    }

    ConnectorSpec read() {
        List<SettingSpec> settings = new SettingReader(compiler).settings(file);
        Ground ground = ground(settings);
        List<View> ways = file.blocks("auth");
        WhenReader whens = new WhenReader(
                compiler, settings.stream().map(SettingSpec::name).toList());
        LimitsReader limits = new LimitsReader(compiler, conditions);
        AuthReader auths = new AuthReader(compiler, conditions, templates, ground);
        ways.forEach(way -> compiler.taken(auths.taken(way, file.block("sign"))));
        whens.check(ways);
        List<LogInSpec> logIns = ways.stream()
                .map(way -> new LogInSpec(whens.when(way), auths.auth(way), auths.headers(way)))
                .toList();
        Optional<LogInSpec> last = logIns.reversed().stream().findFirst();
        templates.starts(new StartReader(compiler, templates, whens).read(file, ground));
        RequestReader requests = new RequestReader(compiler, templates);
        ObjectReader objects = new ObjectReader(compiler, templates, ground);
        return new ConnectorSpec(
                file.text("connector", ""),
                file.text("title", ""),
                file.text("docs", ""),
                file.text("summary", ""),
                settings,
                baseUrl(ground),
                last.map(LogInSpec::auth).orElseGet(AuthSpec.None::new),
                logIns,
                last.map(LogInSpec::headers).orElseGet(Map::of),
                file.block("sign").map(auths::sign),
                account(requests, ground),
                requests.headers(file, ground.with(Root.OBJECT, Root.KEY_FIELD)),
                file.duration("timeout").orElse(Duration.ofSeconds(30)),
                file.duration("zombie_window").orElse(Duration.ofMinutes(10)),
                limits.limits(file.block("limits").orElse(new View(empty())), settings, whens),
                file.blocks("errors").stream().map(limits::error).toList(),
                limits.codes(file.block("codes").orElse(new View(empty()))),
                file.blocks("objects").stream().map(objects::object).toList(),
                file.texts("unverified").stream().map(Located::value).toList());
    }

    private YamlNode.Block empty() {
        return new YamlNode.Block(List.of(), file.block().span());
    }

    private Ground ground(List<SettingSpec> settings) {
        Set<String> names =
                settings.stream().map(SettingSpec::name).collect(Collectors.toCollection(LinkedHashSet::new));
        Set<String> secrets = settings.stream()
                .filter(SettingSpec::secret)
                .map(SettingSpec::name)
                .collect(Collectors.toSet());
        return Ground.of(names, secrets, captured());
    }

    /** What every way of logging in captures: whatever the settings, it is known. */
    private Set<String> captured() {
        List<Set<String>> each = file.blocks("auth").stream()
                .map(way -> way.entries("capture").stream()
                        .map(entry -> entry.key())
                        .collect(Collectors.toSet()))
                .toList();
        Set<String> all = new LinkedHashSet<>();
        each.forEach(all::addAll);
        each.forEach(all::retainAll);
        return all;
    }

    private TextTemplate baseUrl(Ground ground) {
        TextTemplate template = templates.must(file, "base_url", ground);
        boolean literal = !template.parts().isEmpty() && template.parts().getFirst() instanceof Part.Literal;
        if (literal && !template.source().matches("https?://[^?#]+")) {
            compiler.report(
                    Code.CONNECTOR_TEMPLATE,
                    file.placeOf("base_url"),
                    "not the address of an API",
                    "write https://host, without a query");
        }
        return template;
    }

    private AccountSpec account(RequestReader requests, Ground ground) {
        Optional<View> view = file.block("account");
        if (view.isEmpty() || view.get().has("of")) {
            return new AccountSpec.Of(view.map(account -> templates.must(account, "of", ground))
                    .orElseGet(() -> TextTemplate.literal("")));
        }
        View account = view.get();
        if (!account.has("at")) {
            compiler.report(Code.YAML_MISSING_KEY, account.place(), "an account needs 'at'", "add 'at: $.…'");
        }
        return new AccountSpec.Ask(requests.request(account, ground), compiler.selector(account, "at", "$"));
    }
}
