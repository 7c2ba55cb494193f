package dev.caravan.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.app.SyncReport;
import dev.caravan.problem.Code;
import dev.caravan.transport.kafka.Broker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files and topics whose rows are known by several fields together, through the real routes. */
class SeveralKeyFieldsTest {

    private static final String CARAVAN = """
            connections:
              files: {connector: files, path: data}
              stream: {connector: kafka, brokers: "ADDRESS"}
            """;

    /** The model's key is another column, so that a row may change its key at the destination. */
    private static final String MAPPING = """
            model:
              connection: files
              path: offices.csv
              key: row
              columns: {no: integer}
            destination:
              connection: files
              object: out.csv
              operation: mirror
              key: {land: land, no: no}
            fields:
              name: name
            guardrails: {max_changed: 100%, max_removed: 100%}
            """;

    @TempDir
    private Path folder;

    private TestBed bed(String mapping) {
        return SmallLeads.bed(folder, mapping);
    }

    private static String to(String topic, String mapping) {
        return mapping.replace("destination:\n  connection: files", "destination:\n  connection: stream")
                .replace("out.csv", topic);
    }

    private TestBed stream(String topic, String mapping) {
        return bed(to(topic, mapping)).write("caravan.yaml", CARAVAN.replace("ADDRESS", Broker.address()));
    }

    /** The offices; each is {@code row,land,no,name}. */
    private static void model(TestBed bed, String... rows) {
        bed.write("data/offices.csv", "row,land,no,name\n" + String.join("\n", rows) + "\n");
    }

    private static void balanced(SyncReport report, long accepted) {
        assertThat(report.error()).isNull();
        assertThat(report.state()).isEqualTo("done");
        assertThat(report.accounting().accepted()).isEqualTo(accepted);
        assertThat(report.accounting().planned()).isEqualTo(accepted);
    }

    private List<String> rows(String file) throws SQLException {
        String path = folder.resolve("data").resolve(file).toString();
        String from = file.endsWith(".csv")
                ? "read_csv('" + path + "', all_varchar = true, header = true, delim = ',')"
                : file.endsWith(".jsonl")
                        ? "read_json('" + path + "', format = 'newline_delimited')"
                        : "'" + path + "'";
        List<String> rows = new ArrayList<>();
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement();
                ResultSet found = statement.executeQuery("SELECT land, \"no\", name FROM " + from + " ORDER BY ALL")) {
            while (found.next()) {
                rows.add(found.getString(1) + " " + found.getString(2) + " " + found.getString(3));
            }
        }
        return rows;
    }

    @ParameterizedTest
    @ValueSource(strings = {"out.csv", "out.jsonl", "out.parquet"})
    void aFileMirrorsRowsByTheirWholeKey(String object) throws SQLException {
        try (TestBed bed = bed(MAPPING.replace("out.csv", object))) {
            model(bed, "1,DE,1,a", "2,DE,2,b", "3,FR,1,c", "4,FR,2,d");
            balanced(bed.settle(), 4);
            balanced(bed.settle(), 0);
            assertThat(rows(object)).containsExactly("DE 1 a", "DE 2 b", "FR 1 c", "FR 2 d");

            model(bed, "1,DE,1,a", "2,DE,2,B", "4,FR,2,d");
            balanced(bed.settle(), 2);
            assertThat(rows(object)).as("one changes, one goes").containsExactly("DE 1 a", "DE 2 B", "FR 2 d");

            model(bed, "1,IT,1,a", "2,DE,2,B", "4,FR,2,d");
            balanced(bed.settle(), 1);
            balanced(bed.settle(), 1);
            assertThat(rows(object))
                    .as("one part of a key changes: the old row goes, and the new one comes in the next run")
                    .containsExactly("DE 2 B", "FR 2 d", "IT 1 a");
            balanced(bed.settle(), 0);
        }
    }

    @Test
    void anUpsertedRowWhoseKeyChangesWaitsForAPerson() throws SQLException {
        try (TestBed bed = bed(MAPPING.replace("mirror", "upsert"))) {
            model(bed, "1,DE,1,a", "2,DE,2,b");
            balanced(bed.settle(), 2);
            model(bed, "1,IT,1,a", "2,DE,2,b");
            SyncReport report = bed.settle();
            assertThat(report.heldBy()).isEqualTo(Map.of("rekeyed", 1L));
            assertThat(rows("out.csv")).containsExactly("DE 1 a", "DE 2 b");
        }
    }

    /** Its key is told though no field and no key of the file reads its column. */
    @Test
    void aRowThatDoesNotFitIsInvalidWhateverTheModelsKeyIs() throws SQLException {
        try (TestBed bed = bed(MAPPING.replace("{no: integer}", "{no: integer, name: double}"))) {
            model(bed, "1,DE,1,0.5", "2,DE,2,nan");
            SyncReport report = bed.settle();
            balanced(report, 1);
            assertThat(report.invalid()).isEqualTo(1);
            assertThat(rows("out.csv")).containsExactly("DE 1 0.5");
        }
    }

    /** To a file that takes blanks around a key's parts for nothing it is the same key. */
    @Test
    void aBlankBesideAPartMakesNoOtherKeyOfAFile() throws SQLException {
        try (TestBed bed = bed(MAPPING.replace("mirror", "upsert"))) {
            model(bed, "1,DE,1,a");
            balanced(bed.settle(), 1);
            model(bed, "1,\"DE \",1,b");
            balanced(bed.settle(), 1);
            assertThat(rows("out.csv")).containsExactly("DE 1 b");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"out.csv", "out.jsonl", "out.parquet"})
    void keysThatReadAlikeStayTwoAndTwoOfOneKeyAreNobodys(String object) throws SQLException {
        try (TestBed bed = bed(MAPPING.replace("out.csv", object).replace("  columns: {no: integer}\n", ""))) {
            model(bed, "1,a,bc,x", "2,ab,c,y", "3,a|b,c,z", "4,a,b|c,w", "5,,c,v", "6,DE,1,t", "7,DE,1,u");
            SyncReport report = bed.settle();
            balanced(report, 4);
            assertThat(report.invalid()).as("a null part, and two of one key").isEqualTo(3);
            assertThat(rows(object)).containsExactlyInAnyOrder("a bc x", "ab c y", "a|b c z", "a b|c w");
            model(bed, "1,a,bc,x", "3,a|b,c,z", "4,a,b|c,w", "5,,c,v");
            balanced(bed.settle(), 1);
            assertThat(rows(object)).containsExactlyInAnyOrder("a bc x", "a|b c z", "a b|c w");
        }
    }

    @Test
    void theModelsOwnKeyOfSeveralColumnsIsTheFiles() throws SQLException {
        try (TestBed bed = bed(MAPPING.replace("key: row", "key: [no, land]"))) {
            model(bed, "1,DE,1,a", "2,DE,2,b", "3,FR,1,c");
            balanced(bed.settle(), 3);
            model(bed, "1,DE,1,a", "3,FR,1,C");
            balanced(bed.settle(), 2);
            assertThat(rows("out.csv")).containsExactly("DE 1 a", "FR 1 C");
        }
    }

    @Test
    void eventsAreAppendedWithAllColumnsOfTheirKey() throws IOException {
        try (TestBed bed = bed(MAPPING.replace("mirror", "append"))) {
            model(bed, "1,DE,1,a", "2,DE,2,b");
            balanced(bed.settle(), 2);
            model(bed, "1,DE,1,a", "2,DE,2,b", "3,FR,1,c");
            balanced(bed.settle(), 1);
            assertThat(Files.readAllLines(folder.resolve("data/out.csv")))
                    .satisfiesExactly(
                            header -> assertThat(header).isEqualTo("land,no,name,caravan_id"),
                            one -> assertThat(one).matches("DE,1,a,[0-9a-f]{64}"),
                            two -> assertThat(two).matches("DE,2,b,[0-9a-f]{64}"),
                            three -> assertThat(three).matches("FR,1,c,[0-9a-f]{64}"));
        }
    }

    @Test
    void anotherKeyForTheSameFileIsRefused() throws SQLException {
        try (TestBed bed = bed(MAPPING)) {
            model(bed, "1,DE,1,a");
            balanced(bed.settle(), 1);
            bed.write("mappings/test.yaml", MAPPING.replace("key: {land: land, no: no}", "key: {land: land}"));
            bed.restart();
            assertThat(TestBed.refusal(bed::sync)).containsExactly(Code.TARGET_KEY);
            assertThat(rows("out.csv")).containsExactly("DE 1 a");
        }
    }

    /** What a consumer holds that takes the last record of each key, and where its records lie. */
    private static Map<String, String> held(String topic) {
        Map<String, String> held = new HashMap<>();
        Map<String, Integer> partitions = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : Broker.records(topic)) {
            String key = new String(record.key(), StandardCharsets.UTF_8);
            assertThat(partitions.computeIfAbsent(key, first -> record.partition()))
                    .isEqualTo(record.partition());
            if (record.value() == null) {
                assertThat(held.remove(key))
                        .as("a tombstone has the bytes of its record's key")
                        .isNotNull();
            } else {
                held.put(key, new String(record.value(), StandardCharsets.UTF_8));
            }
        }
        return held;
    }

    @Test
    void aTopicHoldsOneRecordOfEachWholeKey() {
        String topic = Broker.topic("compact");
        try (TestBed bed = stream(topic, MAPPING)) {
            model(bed, "1,DE,1,a", "2,DE,2,b", "3,FR,1,c");
            balanced(bed.settle(), 3);
            balanced(bed.settle(), 0);
            assertThat(held(topic))
                    .isEqualTo(Map.of(
                            "{\"land\":\"DE\",\"no\":\"1\"}", "{\"land\":\"DE\",\"name\":\"a\",\"no\":1}",
                            "{\"land\":\"DE\",\"no\":\"2\"}", "{\"land\":\"DE\",\"name\":\"b\",\"no\":2}",
                            "{\"land\":\"FR\",\"no\":\"1\"}", "{\"land\":\"FR\",\"name\":\"c\",\"no\":1}"));
            model(bed, "1,DE,1,A", "2,IT,2,b");
            balanced(bed.settle(), 3);
            balanced(bed.settle(), 1);
            assertThat(held(topic))
                    .isEqualTo(Map.of(
                            "{\"land\":\"DE\",\"no\":\"1\"}", "{\"land\":\"DE\",\"name\":\"A\",\"no\":1}",
                            "{\"land\":\"IT\",\"no\":\"2\"}", "{\"land\":\"IT\",\"name\":\"b\",\"no\":2}"));
        }
    }

    /** A number that the model calls a text from now on is the same key. */
    @Test
    void aTopicsKeysDoNotDependOnTypes() {
        String topic = Broker.topic("compact");
        try (TestBed bed = stream(topic, MAPPING)) {
            model(bed, "1,DE,1,a", "2,DE,2,b");
            balanced(bed.settle(), 2);
            bed.write("mappings/test.yaml", to(topic, MAPPING.replace("  columns: {no: integer}\n", "")));
            bed.restart();
            model(bed, "1,DE,1,a2");
            assertThat(bed.settle().state()).isEqualTo("done");
            assertThat(bed.settle().state()).isEqualTo("done");
            assertThat(held(topic).keySet()).containsExactly("{\"land\":\"DE\",\"no\":\"1\"}");
        }
    }

    @Test
    void keysOfATopicThatReadAlikeStayTwo() {
        String topic = Broker.topic("compact");
        try (TestBed bed = stream(topic, MAPPING.replace("  columns: {no: integer}\n", ""))) {
            model(bed, "1,a,bc,x", "2,ab,c,y", "3,\"a\"\",\"\"b\",c,z", "4,a,\"b\"\",\"\"c\",w");
            balanced(bed.settle(), 4);
            assertThat(held(topic)).hasSize(4);
            model(bed, "2,ab,c,y");
            balanced(bed.settle(), 3);
            assertThat(held(topic).keySet()).containsExactly("{\"land\":\"ab\",\"no\":\"c\"}");
        }
    }

    @Test
    void eventsOfATopicHaveTheirWholeKey() {
        String topic = Broker.topic("delete");
        try (TestBed bed = stream(topic, MAPPING.replace("mirror", "append"))) {
            model(bed, "1,DE,1,a");
            balanced(bed.settle(), 1);
            assertThat(Broker.records(topic)).singleElement().satisfies(record -> {
                assertThat(record.key()).asString().isEqualTo("{\"land\":\"DE\",\"no\":\"1\"}");
                assertThat(record.value()).asString().isEqualTo("{\"land\":\"DE\",\"name\":\"a\",\"no\":1}");
                assertThat(record.headers().lastHeader("caravan-dedupe-key")).isNotNull();
            });
        }
    }
}
