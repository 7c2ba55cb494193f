package dev.caravan.config.draft;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.caravan.config.draft.ContractDraft.CheckDraft;
import dev.caravan.contract.Check;
import dev.caravan.problem.Code;
import dev.caravan.problem.Place;
import dev.caravan.row.Value;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.YamlNode;
import dev.caravan.yaml.YamlNode.Entry;
import dev.caravan.yaml.YamlNode.Items;
import dev.caravan.yaml.YamlNode.Kind;
import dev.caravan.yaml.YamlNode.Scalar;
import dev.caravan.yaml.shape.Section;
import dev.caravan.yaml.shape.View;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads the checks of a contract: each a block with one key, its kind. */
final class CheckReader {

    private final Findings findings;

    CheckReader(Findings findings) {
        this.findings = findings;
    }

    /** The checks of one list entry: one for each column it names. */
    List<CheckDraft> read(YamlNode node) {
        List<Entry> entries = Section.of(node, findings)
                .map(section -> section.block().entries())
                .orElse(List.of());
        return entries.size() == 1 ? check(entries.getFirst()) : List.of();
    }

    private List<CheckDraft> check(Entry entry) {
        YamlNode value = entry.value();
        Place place = entry.place();
        return switch (entry.key()) {
            case "not_null" -> columns(value, names -> new Check.NotNull(names, place));
            case "unique" -> columns(value, names -> new Check.Unique(names, place));
            case "range" -> byColumn(value, each -> range(each, place));
            case "accepted" -> byColumn(value, each -> accepted(each, place));
            case "pattern" -> byColumn(value, each -> pattern(each, place));
            case "sql" ->
                View.text(value).stream()
                        .map(text -> new CheckDraft(new Check.Sql(text.value(), place), List.of(), List.of()))
                        .toList();
            default -> List.of();
        };
    }

    private List<CheckDraft> columns(YamlNode node, Function<List<String>, Check> check) {
        List<Located<String>> names = View.texts(node);
        return names.isEmpty()
                ? List.of()
                : List.of(new CheckDraft(
                        check.apply(names.stream().map(Located::value).toList()), names, List.of()));
    }

    private List<CheckDraft> byColumn(YamlNode node, Function<Entry, Optional<CheckDraft>> check) {
        return Section.of(node, findings).stream()
                .flatMap(section -> section.block().entries().stream())
                .filter(entry -> findings.sound(entry.value()))
                .flatMap(entry -> check.apply(entry).stream())
                .toList();
    }

    private Optional<CheckDraft> range(Entry entry, Place place) {
        if (!(entry.value() instanceof Items list) || !list.items().stream().allMatch(findings::sound)) {
            return Optional.empty();
        }
        Optional<BigDecimal> min = bound(list.items().get(0));
        Optional<BigDecimal> max = bound(list.items().get(1));
        if (min.isEmpty() && max.isEmpty()) {
            return wrong(entry.value(), "a range without bounds", "write at least one number");
        }
        if (min.isPresent() && max.isPresent() && min.get().compareTo(max.get()) > 0) {
            return wrong(entry.value(), "the lower bound is above the upper", "swap them");
        }
        return draft(entry, new Check.Range(entry.key(), min, max, place), List.of());
    }

    private static Optional<BigDecimal> bound(YamlNode node) {
        return node instanceof Scalar scalar && scalar.kind() != Kind.NULL
                ? Optional.of(new BigDecimal(scalar.text()))
                : Optional.empty();
    }

    private Optional<CheckDraft> accepted(Entry entry, Place place) {
        if (!(entry.value() instanceof Items list) || !list.items().stream().allMatch(findings::sound)) {
            return Optional.empty();
        }
        List<Value> values = list.items().stream()
                .map(Scalar.class::cast)
                .flatMap(scalar -> FieldsReader.constantOf(scalar).stream())
                .toList();
        List<Place> places = list.items().stream().map(YamlNode::place).toList();
        return draft(entry, new Check.AcceptedValues(entry.key(), values, place), places);
    }

    private Optional<CheckDraft> pattern(Entry entry, Place place) {
        Optional<Located<String>> text = View.text(entry.value());
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
