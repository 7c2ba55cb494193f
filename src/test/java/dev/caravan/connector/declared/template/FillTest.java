package dev.caravan.connector.declared.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.caravan.connector.declared.select.Parsed;
import dev.caravan.mapping.TargetKey;
import dev.caravan.row.Value;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a cell holds, it stays one value: it changes no host, no path, adds no header and leaves no JSON string. */
class FillTest {

    private static final Known KNOWN =
            Known.of(Map.of("path", "hook"), Map.of()).about("people", Map.of("id", "7"), TargetKey.of("email"));

    static List<String> hostile() {
        return List.of(
                "a\"b",
                "a'b",
                "a\\b",
                "line\nbreak",
                "cr\r\nX-Evil: 1",
                "{{ settings.path }}",
                "{{",
                "}}",
                "..",
                ".",
                "../../admin",
                "a/../b",
                "a/b",
                "%2f%2e%2e",
                "%",
                "@evil.example",
                "//evil.example",
                "?x=1#y",
                "a&b=c",
                "\u0000",
                "\u2028",
                "ü€\uD83D\uDE00",
                "\uD83D",
                "x\uDC00y",
                " ",
                "",
                "x".repeat(100_000),
                "</script>",
                "a+b c");
    }

    private static TextTemplate text(String source) {
        return switch (TemplateParser.parse(source)) {
            case Parsed.Good<TextTemplate> good -> good.value();
            case Parsed.Bad<TextTemplate> bad -> throw new AssertionError(bad.message());
        };
    }

    private static TreeTemplate leaf(String source) {
        TextTemplate template = text(source);
        return template.parts().size() == 1
                ? new TreeTemplate.Value(template.holes().getFirst())
                : new TreeTemplate.Text(template);
    }

    private static BatchScope scope(Value key, Map<String, Value> fields) {
        RowData row = new RowData(0, key, Optional.empty(), "t1", "d1", fields, Map.of());
        return new BatchScope(KNOWN, List.copyOf(fields.keySet()), "", List.of(row));
    }

    private static BatchScope of(String cell) {
        return scope(new Value.Text(cell), Map.of("note", new Value.Text(cell)));
    }

    private static boolean halved(String cell) {
        return cell.codePoints().anyMatch(c -> c >= 0xd800 && c <= 0xdfff);
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void staysOneSegment(String cell) {
        Faults faults = new Faults();
        PathTemplate path = new PathTemplate("", List.of(text("v1"), text("{{ row.key }}"), text("notes")));
        String filled = new Fill(of(cell), faults).path(path);
        if (faults.none()) {
            URI address = URI.create("https://api.example" + filled);
            assertThat(address.getHost()).isEqualTo("api.example");
            assertThat(address.normalize().getRawPath().split("/", -1))
                    .hasSize(4)
                    .endsWith("notes");
            assertThat(address.getRawQuery()).isNull();
            assertThat(address.getRawFragment()).isNull();
            assertThat(address.getPath().substring(4, address.getPath().length() - 6))
                    .isEqualTo(cell);
        } else {
            assertThat(faults.all())
                    .allSatisfy(fault -> assertThat(fault.place()).isZero());
            assertThat(cell).matches(c -> c.isEmpty() || halved(c) || c.matches("(?s).*(\\.\\.?|\\p{Cntrl}).*"));
        }
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void staysOneParameter(String cell) {
        Faults faults = new Faults();
        Map<String, TextTemplate> query = new LinkedHashMap<>();
        query.put("q", text("{{ row.key }}"));
        query.put("z", text("1"));
        String filled = new Fill(of(cell), faults).query(query);
        assertThat(faults.none()).isNotEqualTo(halved(cell));
        assertThat(filled).matches("\\?q=[A-Za-z0-9._~%-]*&z=1");
        String inside = filled.substring(3, filled.length() - 4);
        if (faults.none()) {
            assertThat(URLDecoder.decode(inside, StandardCharsets.UTF_8)).isEqualTo(cell);
        }
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void staysOneJsonText(String cell) throws IOException {
        Faults faults = new Faults();
        TreeTemplate tree = new TreeTemplate.Members(List.of(
                new TreeTemplate.Member(text("a"), leaf("{{ row.key }}")),
                new TreeTemplate.Member(text("b"), leaf("x {{ row.field.note }} y")),
                new TreeTemplate.Member(text("c"), leaf("{{ row.fields }}"))));
        byte[] json = new Fill(of(cell), faults).json(tree);
        assertThat(faults.none()).isNotEqualTo(halved(cell));
        if (faults.none()) {
            JsonNode back = new ObjectMapper().readTree(json);
            assertThat(back)
                    .isEqualTo(new Fill(of(cell), new Faults()).tree(tree).orElseThrow());
            assertThat(back.properties()).hasSize(3);
            assertThat(back.get("a").textValue()).isEqualTo(cell);
            assertThat(back.get("b").textValue()).isEqualTo("x " + cell + " y");
            assertThat(back.get("c").get("note").textValue()).isEqualTo(cell);
        }
    }

    @Test
    void bytesAreWhatATreeWouldBe() throws IOException {
        Map<String, Value> fields = new LinkedHashMap<>();
        fields.put("n", new Value.Int(7));
        fields.put("d", new Value.Decimal(new BigDecimal("1.50")));
        fields.put("none", Value.ofNull());
        fields.put("j", new Value.Json("{\"a\":[1,{\"b\":null}]}"));
        TreeTemplate gone = leaf("{{ row.field.gone? }}");
        TreeTemplate.Members odd = new TreeTemplate.Members(List.of(
                new TreeTemplate.Member(text("x"), gone), new TreeTemplate.Member(text("y"), leaf("{{ row.key }}"))));
        TreeTemplate tree = new TreeTemplate.Members(Stream.of(
                        gone,
                        odd,
                        new TreeTemplate.Items(List.of(gone, odd, leaf("{{ row.fields }}"))),
                        new TreeTemplate.Present(new TreeTemplate.Items(List.of(gone))),
                        new TreeTemplate.Complete(odd),
                        new TreeTemplate.Nested(odd),
                        new TreeTemplate.NamesOf(odd),
                        new TreeTemplate.Merged(List.of(odd, leaf("{{ row.fields | nest }}"))),
                        new TreeTemplate.Flat(List.of(leaf("{{ batch.fields }}"), odd)),
                        new TreeTemplate.EachMember(
                                TreeTemplate.Of.ROW_FIELDS,
                                Set.of("j"),
                                text("{{ field.name }}"),
                                leaf("{{ field.value }}")))
                .map(each -> new TreeTemplate.Member(text(each.getClass().getSimpleName() + each.hashCode()), each))
                .toList());
        BatchScope scope = scope(new Value.Text("a"), fields);
        Fill fill = new Fill(scope, new Faults());
        assertThat(new String(fill.json(tree), StandardCharsets.UTF_8))
                .isEqualTo(fill.tree(tree).orElseThrow().toString())
                .contains(
                        "[\"n\",\"d\",\"none\",\"j\",{\"y\":\"a\"}]",
                        "\"{\\\"y\\\":\\\"a\\\"}\"",
                        ":[{\"y\":\"a\"},{\"n\":7,")
                .doesNotContain("Present", "Complete");
        assertThat(fill.json(gone)).asString().isEqualTo("{}");
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void addsNoHeader(String cell) {
        Faults faults = new Faults();
        RowData row = new RowData(0, Value.ofNull(), Optional.empty(), "", cell, Map.of(), Map.of());
        BatchScope scope = new BatchScope(KNOWN, List.of(), "", List.of(row));
        Map<String, String> headers =
                new Fill(scope, faults).headers(Map.of("Idempotency-Key", text("{{ row.dedupe_key }}")));
        boolean visible = cell.chars().allMatch(c -> c >= 0x20 && c <= 0x7e);
        assertThat(faults.none()).isEqualTo(visible);
        assertThat(headers).containsOnlyKeys("Idempotency-Key");
    }

    @Test
    void aLeafKeepsItsType() {
        Map<String, Value> fields = new LinkedHashMap<>();
        fields.put("n", new Value.Decimal(new BigDecimal("12.50")));
        fields.put("i", new Value.Int(7));
        fields.put("b", new Value.Bool(true));
        fields.put("d", new Value.Date(LocalDate.of(2026, 1, 2)));
        fields.put("z", Value.ofNull());
        BatchScope scope = scope(new Value.Int(1), fields);
        assertThat(json("{{ row.fields }}", scope))
                .isEqualTo("{\"n\":12.5,\"i\":7,\"b\":true,\"d\":\"2026-01-02\",\"z\":null}");
        assertThat(json("{{ row.fields | strings }}", scope))
                .isEqualTo("{\"n\":\"12.5\",\"i\":\"7\",\"b\":\"true\",\"d\":\"2026-01-02\",\"z\":null}");
        assertThat(json("{{ row.fields | only: i, b }}", scope)).isEqualTo("{\"i\":7,\"b\":true}");
        assertThat(json("{{ row.field.i }}", scope)).isEqualTo("7");
        assertThat(json("{{ row.key }}", scope(new Value.Json("{\"a\": [1.50, null]}"), Map.of())))
                .isEqualTo("{\"a\":[1.5,null]}");
        assertThat(json("no {{ row.field.i }}", scope)).isEqualTo("\"no 7\"");
        assertThat(json("{{ row.field.i | text }}", scope)).isEqualTo("\"7\"");
        assertThat(json("{{ row.field.z | default: 5 | number }}", scope)).isEqualTo("5");
        assertThat(json("{{ row.field.gone? }}", scope)).isEmpty();
        assertThat(json("{{ batch.size }}", scope)).isEqualTo("1");
        assertThat(json("{{ object.id }}", scope)).isEqualTo("\"7\"");
    }

    @Test
    void dotsNest() {
        Map<String, Value> fields = new LinkedHashMap<>();
        fields.put("a.b", new Value.Int(1));
        fields.put("a.c.d", new Value.Int(2));
        assertThat(json("{{ row.fields | nest }}", scope(new Value.Int(1), fields)))
                .isEqualTo("{\"a\":{\"b\":1,\"c\":{\"d\":2}}}");
        fields.put("a", new Value.Int(3));
        assertThat(faults("{{ row.fields | nest }}", scope(new Value.Int(1), fields)))
                .hasSize(1);
    }

    @Test
    void functionsMakeWhatTheySay() {
        Map<String, Value> fields = Map.of(
                "money", new Value.Decimal(new BigDecimal("1.25")),
                "at", new Value.ZonedTimestamp(Instant.parse("2026-01-02T03:04:05.678Z")),
                "name", new Value.Text(" O'Neil \"x\" "));
        BatchScope scope = scope(new Value.Text("A@b.c"), fields);
        assertThat(json("{{ row.field.money | micros }}", scope)).isEqualTo("1250000");
        assertThat(json("{{ row.field.money | decimal: 1 }}", scope)).isEqualTo("1.3");
        assertThat(json("{{ row.field.at | epoch_seconds }}", scope)).isEqualTo("1767323045");
        assertThat(json("{{ row.field.at | epoch_millis }}", scope)).isEqualTo("1767323045678");
        assertThat(json("{{ row.field.at | iso_date }}", scope)).isEqualTo("\"2026-01-02\"");
        assertThat(json("{{ row.field.name | trim | upper }}", scope)).isEqualTo("\"O'NEIL \\\"X\\\"\"");
        assertThat(json("{{ row.field.name | trim | odata }}", scope)).isEqualTo("\"'O''Neil \\\"x\\\"'\"");
        assertThat(json("{{ row.field.name | trim | quoted }}", scope))
                .isEqualTo("\"\\\"O'Neil \\\\\\\"x\\\\\\\"\\\"\"");
        assertThat(json("{{ row.key | normalise: google.email | sha256 }}", scope))
                .isEqualTo("\"d648b243a3e817eaa3309e00e183483f2867baadf522099f0c2121770536b25a\"");
        assertThat(json("{{ row.key | lower | length }}", scope)).isEqualTo("5");
    }

    @Test
    void microsOfWhatWasCalculatedAreRounded() {
        Map<String, Value> fields = Map.of(
                "sum", new Value.Real(0.1 + 0.2),
                "less", new Value.Real(1.0 - 0.9),
                "written", new Value.Decimal(new BigDecimal("0.3000001")));
        BatchScope scope = scope(new Value.Text("k"), fields);
        assertThat(json("{{ row.field.sum | micros }}", scope)).isEqualTo("300000");
        assertThat(json("{{ row.field.less | micros }}", scope)).isEqualTo("100000");
        assertThat(faults("{{ row.field.written | micros }}", scope))
                .containsExactly("row.field.written: not a whole number");
    }

    @Test
    void whatDoesNotFitIsAFaultOfItsRow() {
        BatchScope scope = of("abc/..");
        assertThat(faults("{{ row.key | number }}", scope)).containsExactly("row.key: not a number");
        assertThat(faults("{{ row.key | epoch_seconds }}", scope)).hasSize(1);
        assertThat(faults("{{ row.key | segment }}", scope)).hasSize(1);
        assertThat(faults("{{ row.key | listed }}", of("a,b"))).hasSize(1);
        assertThat(json("{{ row.key | listed }}", of("a+b@c.d"))).isEqualTo("\"a+b@c.d\"");
        for (String far : List.of("+999999999-01-01T00:00:00Z", "-999999999-01-01T00:00:00Z")) {
            assertThat(json("{{ row.key | epoch_seconds }}", of(far))).hasSizeGreaterThan(16);
            assertThat(faults("{{ row.key | epoch_millis }}", of(far))).containsExactly("row.key: a time too far away");
        }
        assertThat(faults("{{ row.field.gone }}", scope)).containsExactly("row.field.gone: there is none");
        assertThat(faults("{{ row.key | sha256 }}", of("  "))).hasSize(1);
        assertThat(faults("{{ row.key | normalise: google.email | sha256 }}", of("not one")))
                .hasSize(1);
    }

    @Test
    void rowsMakeItemsAndNameThemselvesInFaults() {
        RowData good = new RowData(0, new Value.Text("1"), Optional.empty(), "a", "", Map.of(), Map.of());
        RowData bad = new RowData(1, new Value.Text("x"), Optional.empty(), "b", "", Map.of(), Map.of());
        BatchScope scope = new BatchScope(KNOWN, List.of(), "", List.of(good, bad));
        Faults faults = new Faults();
        TreeTemplate tree = new TreeTemplate.Each(TreeTemplate.Of.ROWS, leaf("{{ row.key | integer }}"));
        assertThat(new Fill(scope, faults).tree(tree).orElseThrow()).hasToString("[1]");
        assertThat(faults.all()).extracting(Faults.Fault::place).containsExactly(1);
    }

    @Test
    void aFormHoldsJsonAsText() {
        Faults faults = new Faults();
        Map<String, TreeTemplate> form = new LinkedHashMap<>();
        form.put("payload", leaf("{{ row.fields }}"));
        form.put("none", leaf("{{ row.field.gone? }}"));
        assertThat(new Fill(of("a&b"), faults).form(form)).isEqualTo("payload=%7B%22note%22%3A%22a%26b%22%7D");
    }

    private static String json(String source, Scope scope) {
        Faults faults = new Faults();
        String text = new Fill(scope, faults)
                .tree(leaf(source))
                .map(JsonNode::toString)
                .orElse("");
        assertThat(faults.all()).isEmpty();
        return text;
    }

    private static List<String> faults(String source, Scope scope) {
        Faults faults = new Faults();
        assertThat(new Fill(scope, faults).tree(leaf(source))).isEmpty();
        return faults.all().stream().map(Faults.Fault::reason).toList();
    }

    @Test
    void noFieldTakesThePlaceOfWhatTheConnectorSays() {
        BatchScope scope =
                scope(new Value.Text("a"), Map.of("id", new Value.Text("evil"), "note", new Value.Text("n")));
        TreeTemplate merged = new TreeTemplate.Merged(List.of(
                new TreeTemplate.Members(
                        List.of(new TreeTemplate.Member(TextTemplate.literal("id"), leaf("{{ row.key }}")))),
                leaf("{{ row.fields }}")));
        Faults faults = new Faults();
        assertThat(new Fill(scope, faults).tree(merged).orElseThrow().toString())
                .isEqualTo("{\"id\":\"a\",\"note\":\"n\"}");
        assertThat(faults.none()).isTrue();
    }

    @Test
    void columnsAndTheirNamesGoTogether() {
        BatchScope scope = scope(new Value.Text("a"), Map.of("b", Value.ofNull()));
        TreeTemplate item = new TreeTemplate.Fixed(JsonNodeFactory.instance.textNode("x"));
        List<TreeTemplate> columns = List.of(
                new TreeTemplate.IfField("email", item),
                new TreeTemplate.IfField("b", item),
                new TreeTemplate.IfField("c", item));
        assertThat(new Fill(scope, new Faults())
                        .tree(new TreeTemplate.Items(columns))
                        .orElseThrow()
                        .toString())
                .isEqualTo("[\"x\",\"x\"]");
    }

    @Test
    void timesOfAllFieldsBecomeSeconds() {
        Map<String, Value> fields = new LinkedHashMap<>();
        fields.put("at", new Value.ZonedTimestamp(Instant.parse("2020-08-19T20:50:04Z")));
        fields.put("day", new Value.Date(LocalDate.parse("1970-01-02")));
        fields.put("note", new Value.Text("2020-08-19T20:50:04Z"));
        fields.put("none", Value.ofNull());
        assertThat(new Fill(scope(new Value.Text("a"), fields), new Faults())
                        .tree(leaf("{{ row.fields | epochs | nest }}"))
                        .orElseThrow()
                        .toString())
                .isEqualTo("{\"at\":1597870204,\"day\":86400,\"note\":\"2020-08-19T20:50:04Z\",\"none\":null}");
    }

    @Test
    void whatIsNoHashDoesNotLeaveWhereHashesDo() {
        String hash = "0d".repeat(32);
        assertThat(hashed(hash.toUpperCase(Locale.ROOT))).hasToString("[\"" + hash + "\"] []");
        assertThat(hashed(" ")).as("nothing is nothing").hasToString("[] []");
        assertThat(hashed("ada@example.com")).startsWith("[] [row.field.note: no SHA-256 hash");
        assertThat(hashed(hash + "0")).startsWith("[] [row.field.note: no SHA-256 hash");
    }

    private static String hashed(String cell) {
        Faults faults = new Faults();
        String made = new Fill(of(cell), faults)
                .tree(new TreeTemplate.Items(List.of(leaf("{{ row.field.note? | hashed }}"))))
                .orElseThrow()
                .toString();
        return made + " " + faults.all().stream().map(Faults.Fault::reason).toList();
    }
}
