package dev.caravan.config.draft;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.caravan.config.draft.ContractDraft.CheckDraft;
import dev.caravan.contract.Check;
import dev.caravan.problem.Code;
import dev.caravan.problem.Place;
import dev.caravan.row.Value;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.Keys;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.Scalars;
import dev.caravan.yaml.Section;
import dev.caravan.yaml.YamlNode;
import dev.caravan.yaml.YamlNode.Entry;
import dev.caravan.yaml.YamlNode.Items;
import dev.caravan.yaml.YamlNode.Kind;
import dev.caravan.yaml.YamlNode.Scalar;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads the checks of a contract: each a block with one key, its kind. */
final class CheckReader {

    private static final Keys KINDS =
            Keys.of("not_null", "range", "accepted", "pattern", "unique", "sql").later("max_length", "references");

    private final Findings findings;

    CheckReader(Findings findings) {
        this.findings = findings;
    }

    /** The checks of one list entry: one for each column it names. */
    List<CheckDraft> read(YamlNode node) {
        Optional<Section> section = Section.open(node, "a check", KINDS, findings);
        List<Entry> known = section.map(s -> s.block().entries()).orElse(List.of()).stream()
                .filter(entry -> KINDS.known().contains(entry.key()))
                .toList();
        if (section.isPresent() && section.get().block().entries().isEmpty()) {
            Scalars.bad(node, "an empty check", "write {not_null: column}", findings);
        }
        if (known.size() > 1) {
            findings.report(
                    Code.CONTRACT_CHECK,
                    known.get(1).place(),
                    "two checks in one entry",
                    "start a new '- {" + known.get(1).key() + ": …}' line");
            return List.of();
        }
        return known.stream().flatMap(entry -> check(entry).stream()).toList();
    }

    private List<CheckDraft> check(Entry entry) {
        YamlNode value = entry.value();
        Place place = entry.place();
        return switch (entry.key()) {
            case "not_null" -> columns(value, "'not_null'", names -> new Check.NotNull(names, place));
            case "unique" -> columns(value, "'unique'", names -> new Check.Unique(names, place));
            case "range" -> byColumn(value, "'range'", each -> range(each, place));
            case "accepted" -> byColumn(value, "'accepted'", each -> accepted(each, place));
            case "pattern" -> byColumn(value, "'pattern'", each -> pattern(each, place));
            default ->
                Scalars.text(value, "'sql'", findings).stream()
                        .map(text -> new CheckDraft(new Check.Sql(text.value(), place), List.of(), List.of()))
                        .toList();
        };
    }

    private List<CheckDraft> columns(YamlNode node, String name, Function<List<String>, Check> check) {
        return Scalars.texts(node, name, findings).stream()
                .map(texts -> new CheckDraft(
                        check.apply(texts.stream().map(Located::value).toList()), texts, List.of()))
                .toList();
    }

    private List<CheckDraft> byColumn(YamlNode node, String name, Function<Entry, Optional<CheckDraft>> check) {
        return Section.openFree(node, name, findings).stream()
                .flatMap(section -> section.block().entries().stream())
                .flatMap(entry -> check.apply(entry).stream())
                .toList();
    }

    private Optional<CheckDraft> range(Entry entry, Place place) {
        if (!(entry.value() instanceof Items list) || list.items().size() != 2) {
            return wrong(entry.value(), "a range is two bounds", "write [0, 100], or [0, null] for an open end");
        }
        YamlNode low = list.items().get(0);
        YamlNode high = list.items().get(1);
        Optional<BigDecimal> min = bound(low);
        Optional<BigDecimal> max = bound(high);
        if ((min.isEmpty() && !open(low)) || (max.isEmpty() && !open(high))) {
            return Optional.empty();
        }
        if (min.isEmpty() && max.isEmpty()) {
            return wrong(entry.value(), "a range without bounds", "write at least one number");
        }
        if (min.isPresent() && max.isPresent() && min.get().compareTo(max.get()) > 0) {
            return wrong(entry.value(), "the lower bound is above the upper", "swap them");
        }
        return draft(entry, new Check.Range(entry.key(), min, max, place), List.of());
    }

    private static boolean open(YamlNode node) {
        return node instanceof Scalar scalar && scalar.kind() == Kind.NULL;
    }

    private Optional<BigDecimal> bound(YamlNode node) {
        return open(node) ? Optional.empty() : Scalars.number(node, "a bound", findings);
    }

    private Optional<CheckDraft> accepted(Entry entry, Place place) {
        if (!(entry.value() instanceof Items list) || list.items().isEmpty()) {
            return wrong(entry.value(), "accepted values are a list", "write [A, B]");
        }
        List<Value> values = new ArrayList<>();
        for (YamlNode item : list.items()) {
            if (item instanceof Scalar scalar && scalar.kind() != Kind.NULL) {
                FieldsReader.constantOf(scalar, findings).ifPresent(values::add);
            } else {
                return wrong(item, "an accepted value is text, a number, true or false", "null passes every check");
            }
        }
        List<Place> places = list.items().stream().map(YamlNode::place).toList();
        return draft(entry, new Check.AcceptedValues(entry.key(), values, place), places);
    }

    private Optional<CheckDraft> pattern(Entry entry, Place place) {
        Optional<Located<String>> text = Scalars.text(entry.value(), "'pattern'", findings);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            Pattern compiled = Pattern.compile(text.get().value());
            return draft(entry, new Check.Pattern(entry.key(), compiled.pattern(), place), List.of());
        } catch (PatternSyntaxException e) {
            return wrong(entry.value(), "not a pattern: " + e.getDescription(), "RE2 syntax, without look-around");
        }
    }

    private static Optional<CheckDraft> draft(Entry entry, Check check, List<Place> values) {
        return Optional.of(new CheckDraft(check, List.of(new Located<>(entry.key(), entry.place())), values));
    }

    private Optional<CheckDraft> wrong(YamlNode node, String message, String suggestion) {
        findings.report(Code.CONTRACT_CHECK, node.place(), message, suggestion);
        return Optional.empty();
    }
}
