package dev.caravan.config.field;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.mapping.Expression.Result;
import dev.caravan.mapping.FieldSource;
import dev.caravan.model.Column;
import dev.caravan.model.ModelSchema;
import dev.caravan.row.Row;
import dev.caravan.row.Value;
import dev.caravan.row.ValueType;
import dev.cel.checker.CelStandardDeclarations.StandardFunction;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The functions of expressions that docs/workspace.md lists are those that the compiler knows, and do what it says. */
class CelPageTest {

    private static final Pattern LINE = Pattern.compile("(?m)^\\| `(\\w+)` \\| `([^`]+)` \\| (?:`(.*)`|nothing) \\|$");

    /** Their results are nothing that a field could take, nor lead there. */
    private static final Set<String> USELESS = Set.of("bytes", "uint", "type");

    private static final KnownColumns COLUMNS = new KnownColumns(
            Optional.of(new ModelSchema(List.of(
                    new Column("name", ValueType.TEXT),
                    new Column("age", ValueType.INTEGER),
                    new Column("price", ValueType.DECIMAL),
                    new Column("seen", ValueType.TIMESTAMPTZ)))),
            Set.of());

    private static final Row ROW = new Row(Map.of(
            "name", new Value.Text("Ada Lovelace"),
            "age", new Value.Int(36),
            "price", new Value.Decimal(new BigDecimal("12.50")),
            "seen", new Value.ZonedTimestamp(Instant.parse("2024-05-01T10:00:00Z"))));

    private static List<MatchResult> lines() throws IOException {
        String page = Files.readString(Path.of("docs/workspace.md"));
        int from = page.indexOf("#### cel\n");
        return LINE.matcher(page.substring(from, page.indexOf("#### lookup\n")))
                .results()
                .toList();
    }

    @Test
    void eachExampleGivesWhatThePageSays() throws IOException {
        for (MatchResult line : lines()) {
            assertThat(line.group(2)).contains(line.group(1) + "(");
            FieldSource.Computed made = switch (new Expressions(COLUMNS).compile(line.group(2))) {
                case Compilation.Done done -> done.source();
                case Compilation.Wrong wrong -> throw new AssertionError(line.group(2) + ": " + wrong.problems());
            };
            assertThat(made.expression().evaluate(ROW))
                    .as(line.group(2))
                    .isInstanceOfSatisfying(
                            Result.Computed.class,
                            done -> assertThat(
                                            done.value().isNull()
                                                    ? null
                                                    : done.value().text())
                                    .isEqualTo(line.group(3)));
        }
    }

    @Test
    void allThatTheCompilerKnowsIsListedAndNothingElse() throws IOException {
        Set<String> known = new TreeSet<>(CelLanguage.textFunctions());
        Arrays.stream(StandardFunction.values())
                .map(StandardFunction::functionName)
                .filter(name -> name.matches("[a-zA-Z]+"))
                .filter(name -> !USELESS.contains(name))
                .forEach(known::add);
        assertThat(lines()).extracting(line -> line.group(1)).containsExactlyInAnyOrderElementsOf(known);
        assertThat(CelMessages.FUNCTIONS).containsExactlyInAnyOrderElementsOf(known);
        for (String grows : List.of("row.name.replace('a', 'aa')", "['a', 'b'].join('-')")) {
            assertThat(new Expressions(COLUMNS).compile(grows)).as(grows).isInstanceOf(Compilation.Wrong.class);
        }
    }
}
