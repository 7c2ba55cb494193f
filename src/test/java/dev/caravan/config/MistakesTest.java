package dev.caravan.config;

import static dev.caravan.config.TestWorkspace.MAPPING;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each mistake in an otherwise good workspace is one problem, at the place marked § in what replaces the good text. */
class MistakesTest {

    private static final String LEDGER = "\"sqlite:state/ledger.db\"";
    private static final String LOGIN = ", user: ada, password: \"{{env:P}}\"";
    private static final String CARAVAN = "caravan.yaml";

    @TempDir
    private Path root;

    record Mistake(String file, String good, String bad, String code) {}

    @ParameterizedTest
    @MethodSource("all")
    void oneMistakeIsOneProblem(Mistake mistake) {
        TestWorkspace workspace = TestWorkspace.copyTo(root).replace(mistake.file, mistake.good, mistake.bad);
        String marked = workspace.text(mistake.file);
        int at = marked.indexOf('§');
        String before = marked.substring(0, at);
        long line = before.chars().filter(c -> c == '\n').count() + 1;
        int column = at - before.lastIndexOf('\n');
        workspace.write(mistake.file, marked.replace("§", ""));
        assertThat(TestWorkspace.brief(workspace.load().problems()))
                .containsExactly(mistake.file + ":" + line + ":" + column + " " + mistake.code);
    }

    static Stream<Mistake> all() {
        return Stream.of(
                        caravan(),
                        ledger(),
                        logIns(),
                        limits(),
                        model(),
                        expressions(),
                        fields(),
                        normalise(),
                        schedule(),
                        contract(),
                        destination(),
                        rest())
                .flatMap(each -> each);
    }

    static Stream<Mistake> ledger() {
        return Stream.of(
                new Mistake(CARAVAN, LEDGER, "§mysql://host/db", "yaml.bad_value"),
                new Mistake(CARAVAN, LEDGER, "§postgresql://ada:abc@host/db" + LOGIN, "secret.literal"),
                new Mistake(CARAVAN, LEDGER, "§postgresql://host/" + LOGIN, "yaml.bad_value"),
                new Mistake(CARAVAN, LEDGER, "§postgresql://host/db?user=ada" + LOGIN, "yaml.bad_value"),
                new Mistake(CARAVAN, LEDGER, "§postgresql://host/db?schema=No" + LOGIN, "yaml.bad_value"),
                new Mistake(CARAVAN, LEDGER, "postgresql://host/db, user: ada, password: §abc", "secret.literal"),
                new Mistake(CARAVAN, LEDGER, "postgresql://host/db" + LOGIN + ", lease: §1s", "yaml.bad_value"),
                new Mistake(CARAVAN, LEDGER, LEDGER + ", §password: \"{{env:P}}\"", "yaml.bad_value"));
    }

    static Stream<Mistake> caravan() {
        String url = "\"{{env:LOGIN_URL}}\"";
        String secret = "\"{{env:CLIENT_SECRET}}\"";
        return Stream.of(
                new Mistake(CARAVAN, secret, "§abc", "secret.literal"),
                new Mistake(CARAVAN, secret, "§\"x{{env:A}}\"", "secret.literal"),
                new Mistake(CARAVAN, secret, "§\"{{vault:a/b}}\"", "yaml.bad_value"),
                new Mistake(CARAVAN, secret, "§{{env:CLIENT_SECRET}}", "yaml.syntax"),
                new Mistake(CARAVAN, secret, "§\"{{env:MY-SECRET}}\"", "yaml.bad_value"),
                new Mistake(CARAVAN, url, "§\"https://{{env:HOST}}\"", "yaml.bad_value"),
                new Mistake(CARAVAN, url, "§login.example.org", "yaml.bad_value"),
                new Mistake(CARAVAN, " " + url, "§", "yaml.wrong_type"),
                new Mistake(CARAVAN, "20,", "§0,", "yaml.bad_value"),
                new Mistake(CARAVAN, "concurrency: 4", "concurrency: §4.5", "yaml.wrong_type"),
                new Mistake(CARAVAN, "duckdb", "§snowflake", "yaml.unsupported"),
                new Mistake(
                        CARAVAN, "connector: duckdb, path", "connector: duckdb, §folder: x, path", "yaml.unknown_key"),
                new Mistake(
                        CARAVAN,
                        "{connector: duckdb, path: state/demo/warehouse.duckdb}",
                        "{connector: duckdb, path: a, §path: b}",
                        "yaml.duplicate_key"),
                new Mistake(
                        CARAVAN,
                        "{connector: duckdb, path: state/demo/warehouse.duckdb}",
                        "§{connector: duckdb}",
                        "yaml.missing_key"),
                new Mistake(
                        CARAVAN, "  crm:\n", "  §Spare One: {connector: files, path: a}\n  crm:\n", "yaml.bad_value"),
                new Mistake(CARAVAN, "state:", "§stat:", "yaml.unknown_key"),
                new Mistake(CARAVAN, "state:", "server: {port: §70000}\nstate:", "yaml.bad_value"),
                new Mistake(CARAVAN, "state:", "engine: {memory: §lots}\nstate:", "yaml.bad_value"),
                new Mistake(CARAVAN, "state:", "§alerts: {}\nstate:", "yaml.unsupported"),
                new Mistake(CARAVAN, "state: {", "state: {keep_journal: §1d, ", "yaml.bad_value"),
                new Mistake(CARAVAN, "state: {", "state: {keep_values: §soon, ", "schedule.duration"),
                new Mistake(CARAVAN, "state:", "engine: §[a]\nstate:", "yaml.wrong_type"));
    }

    static Stream<Mistake> logIns() {
        String secret = "\"{{env:CLIENT_SECRET}}\"";
        return Stream.of(
                new Mistake(
                        CARAVAN, "client_secret: " + secret, "username: a\n    private_key: §abc", "secret.literal"),
                new Mistake(
                        CARAVAN,
                        "client_secret: " + secret,
                        "username: a\n    private_key: " + secret + "\n    §client_secret: " + secret,
                        "yaml.bad_value"),
                new Mistake(
                        CARAVAN,
                        "client_secret: " + secret,
                        "username: §a\n    client_secret: " + secret,
                        "yaml.missing_key"));
    }

    static Stream<Mistake> limits() {
        return Stream.of(
                window("{requests: §0, per: 10s}", "yaml.bad_value"),
                window("{requests: 100, per: §2h}", "yaml.bad_value"),
                window("{requests: 100, per: §10}", "schedule.duration"),
                window("§{requests: 100}", "yaml.missing_key"),
                window("{requests: 100, per: 10s, §burst: 5}", "yaml.unknown_key"),
                window("§100/10s", "yaml.wrong_type"),
                day("{requests: §0}", "yaml.bad_value"),
                day("{requests: 50000, zone: §Chicago}", "schedule.zone"),
                day("{requests: 50000, §at: '06:00'}", "yaml.bad_value"),
                day("{requests: 50000, zone: UTC, at: §'25:00'}", "yaml.bad_value"),
                day("§{zone: UTC}", "yaml.missing_key"));
    }

    private static Mistake day(String written, String code) {
        return new Mistake(CARAVAN, "{requests: 50000, zone: America/Chicago, at: \"06:00\"}", written, code);
    }

    private static Mistake window(String written, String code) {
        return new Mistake(CARAVAN, "{requests: 100, per: 10s}", written, code);
    }

    static Stream<Mistake> model() {
        return Stream.of(
                new Mistake(MAPPING, "connection: warehouse", "connection: §warehous", "connection.unknown"),
                new Mistake(MAPPING, "connection: warehouse", "connection: §crm", "connection.wrong_kind"),
                new Mistake(MAPPING, "sql: select * from lead_scores", "§path: leads.csv", "connection.wrong_kind"),
                new Mistake(MAPPING, "sql: select * from lead_scores", "table: §a b", "yaml.bad_value"),
                new Mistake(MAPPING, "  key: lead_id", "  §table: b\n  key: lead_id", "yaml.bad_value"),
                new Mistake(MAPPING, "key: lead_id", "key: [lead_id, §lead]", "model.unknown_column"),
                new Mistake(MAPPING, "key: lead_id", "key: [lead_id, §lead_id]", "yaml.bad_value"),
                new Mistake(MAPPING, "key: lead_id", "key: §[]", "yaml.bad_value"),
                new Mistake(MAPPING, "watermark: scored_at", "watermark: §score", "model.column_type"),
                new Mistake(
                        MAPPING, "key: lead_id", "columns: {§agee: integer}\n  key: lead_id", "model.unknown_column"),
                new Mistake(MAPPING, "key: lead_id", "columns: {score: §jsonb}\n  key: lead_id", "yaml.bad_value"),
                new Mistake(MAPPING, "key: lead_id", "columns: {score: §float}\n  key: lead_id", "yaml.bad_value"),
                new Mistake(
                        MAPPING,
                        "key: lead_id",
                        "columns: {score: {type: double, §zone: UTC}}\n  key: lead_id",
                        "yaml.bad_value"),
                new Mistake(
                        MAPPING,
                        "key: lead_id",
                        "columns: {seen_at: {type: timestamp, zone: §Mars}}\n  key: lead_id",
                        "model.unknown_zone"));
    }

    static Stream<Mistake> expressions() {
        String cel = "\"row.grade == 'A' ? 'Hot' : 'Cold'\"";
        return Stream.of(
                new Mistake(MAPPING, cel, "\"row.grade §= 'A'\"", "expression.syntax"),
                new Mistake(MAPPING, cel, "\"double(row.score) §* 2\"", "expression.type"),
                new Mistake(MAPPING, cel, "\"row.score §> 1.0\"", "expression.type"),
                new Mistake(MAPPING, cel, "\"§grade == 'A'\"", "expression.type"),
                new Mistake(MAPPING, cel, "\"row.§grde == 'A'\"", "model.unknown_column"),
                new Mistake(MAPPING, cel, "\"§[row.grade]\"", "expression.type"),
                new Mistake(MAPPING, cel, "\"§row == 'A'\"", "expression.type"),
                new Mistake(MAPPING, cel, "\"[1].exists§(x, x > 0) ? 'a' : 'b'\"", "expression.type"),
                new Mistake(
                        MAPPING,
                        "Rating: {cel: " + cel + "}",
                        "Rating:\n    cel: |\n      row.grade == 'A'\n        ? row.§nope\n        : 'Cold'",
                        "model.unknown_column"));
    }

    static Stream<Mistake> fields() {
        return Stream.of(
                new Mistake(MAPPING, "Grade__c: grade", "Grade__c: §grad", "model.unknown_column"),
                new Mistake(MAPPING, "Grade__c: grade", "§email: grade", "yaml.duplicate_key"),
                new Mistake(MAPPING, "Grade__c: grade", "§Lead_Id__c: grade", "yaml.duplicate_key"),
                new Mistake(MAPPING, "Grade__c: grade", "Grade__c: §{triggers: false}", "yaml.missing_key"),
                new Mistake(MAPPING, "Grade__c: grade", "Grade__c: {column: a, §constant: b}", "yaml.bad_value"),
                new Mistake(MAPPING, "Grade__c: grade", "Grade__c: {constant: §null}", "yaml.wrong_type"),
                new Mistake(MAPPING, "Grade__c: grade", "Grade__c: {column: grade, §round: 2}", "model.column_type"),
                new Mistake(MAPPING, "Grade__c: grade", "§Grade c: grade", "yaml.bad_value"),
                new Mistake(MAPPING, "Grade__c: grade", "Grade__c: {column: grade, pii: §maybe}", "yaml.wrong_type"),
                new Mistake(MAPPING, "when_empty: keep", "when_empty: §skip", "yaml.bad_value"),
                new Mistake(MAPPING, "when_empty: keep", "§only_if_blank: true", "yaml.unsupported"),
                new Mistake(MAPPING, "round: 2", "round: §-1", "yaml.bad_value"),
                new Mistake(MAPPING, "round: 2", "§rnd: 2", "yaml.unknown_key"));
    }

    static Stream<Mistake> normalise() {
        String keep = "when_empty: keep";
        return Stream.of(
                new Mistake(MAPPING, keep, "normalise: §emial", "normalise.pipe"),
                new Mistake(MAPPING, keep, "normalise: email | §sha256", "normalise.pipe"),
                new Mistake(MAPPING, keep, "normalise: \"google.email | §meta.email\"", "normalise.pipe"),
                new Mistake(MAPPING, keep, "normalise: [google.email, §sha257.hex]", "normalise.pipe"),
                new Mistake(MAPPING, keep, "normalise: [google.email, lower, \"trim | §what\"]", "normalise.pipe"),
                new Mistake(MAPPING, keep, "normalise: §{email: true}", "yaml.wrong_type"),
                new Mistake(MAPPING, keep, "normalise: §[]", "yaml.bad_value"),
                new Mistake(MAPPING, keep, "§country: grade", "yaml.bad_value"),
                new Mistake(MAPPING, keep, "normalise: email, §country: grade", "yaml.bad_value"),
                new Mistake(MAPPING, keep, "normalise: google.phone, country: §nope", "model.unknown_column"),
                new Mistake(
                        MAPPING, keep, "normalise: \"google.email | sha256.hex\", §hashed: true", "normalise.hashed"),
                new Mistake(MAPPING, keep, "normalise: email, §hashed: true", "normalise.hashed"),
                new Mistake(MAPPING, keep, "hashed: §maybe", "yaml.wrong_type"),
                new Mistake(MAPPING, "round: 2", "§normalise: lower", "model.column_type"),
                new Mistake(MAPPING, keep, "normalise: lower, §round: 2", "model.column_type"));
    }

    static Stream<Mistake> schedule() {
        String good = "{every: 15m}";
        return Stream.of(
                new Mistake(MAPPING, good, "{every: §15}", "schedule.duration"),
                new Mistake(MAPPING, good, "{every: §10ms}", "schedule.duration"),
                new Mistake(MAPPING, good, "§15m", "yaml.wrong_type"),
                new Mistake(MAPPING, good, "{§after: [other]}", "yaml.unsupported"),
                new Mistake(MAPPING, good, "{every: 15m, §cron: x}", "yaml.bad_value"),
                new Mistake(MAPPING, good, "{cron: §\"0 6 * * 1\", zone: UTC}", "schedule.cron"),
                new Mistake(MAPPING, good, "{cron: §\"0 0 6 * * *\", zone: UTC}", "schedule.cron"),
                new Mistake(MAPPING, good, "{cron: §\"0 0 25 * * ?\", zone: UTC}", "schedule.cron"),
                new Mistake(MAPPING, good, "{cron: §\"0 0 0 30 2 ?\", zone: UTC}", "schedule.cron"),
                new Mistake(MAPPING, good, "{cron: §\"0 0 6 1 3 ? 2026\", zone: UTC}", "schedule.cron"),
                new Mistake(MAPPING, good, "{cron: §\"0 0 6 * * ?\"}", "yaml.missing_key"),
                new Mistake(MAPPING, good, "{cron: \"0 0 6 * * ?\", zone: §Europa/Berlin}", "schedule.zone"));
    }

    static Stream<Mistake> contract() {
        String good = "- {range: {score: [0, 1]}}";
        return Stream.of(
                new Mistake(MAPPING, good, "- {range: {§grade: [0, 1]}}", "contract.check"),
                new Mistake(MAPPING, good, "- {range: {score: §[1, 0]}}", "contract.check"),
                new Mistake(MAPPING, good, "- {range: {score: §[1]}}", "contract.check"),
                new Mistake(MAPPING, good, "- {range: {score: [§a, 1]}}", "yaml.wrong_type"),
                new Mistake(MAPPING, good, "- {range: {§skore: [0, 1]}}", "model.unknown_column"),
                new Mistake(MAPPING, good, "- {accepted: {grade: [A, §1]}}", "contract.check"),
                new Mistake(MAPPING, good, "- {accepted: {scored_at: [§yesterday]}}", "contract.check"),
                new Mistake(MAPPING, good, "- {pattern: {email: §\"(\"}}", "contract.check"),
                new Mistake(MAPPING, good, "- {sql: a, §unique: email}", "contract.check"),
                new Mistake(MAPPING, good, "- {§notnull: email}", "yaml.unknown_key"),
                new Mistake(MAPPING, good, "- {unique: [email, §mail]}", "model.unknown_column"),
                new Mistake(MAPPING, "  fresh_within", "  rows: {min: 2, §max: 1}\n  fresh_within", "contract.check"),
                new Mistake(MAPPING, "fresh_within: 6h", "fresh_within: §6 hours", "schedule.duration"),
                new Mistake(MAPPING, "valid_share: 95%", "valid_share: §195%", "yaml.bad_value"));
    }

    static Stream<Mistake> destination() {
        return Stream.of(
                new Mistake(MAPPING, "connection: crm", "connection: §crn", "connection.unknown"),
                new Mistake(MAPPING, "object: Lead", "object: §Lead Score", "yaml.bad_value"),
                new Mistake(MAPPING, "object: Lead", "object: Lead\n  operation: §mirrored", "yaml.bad_value"),
                new Mistake(
                        MAPPING, "  on_removed: clear", "  operation: mirror\n  on_removed: §clear", "yaml.bad_value"),
                new Mistake(
                        MAPPING, "  on_removed: clear", "  operation: add\n  on_removed: §delete", "yaml.bad_value"),
                new Mistake(MAPPING, "on_removed: clear", "on_removed: §drop", "yaml.bad_value"),
                new Mistake(MAPPING, "on_removed: clear", "on_rekeyed: §leave", "yaml.bad_value"),
                new Mistake(
                        MAPPING,
                        "  on_removed: clear",
                        "  operation: update\n  on_rekeyed: §new_record",
                        "yaml.bad_value"),
                new Mistake(MAPPING, "on_removed: clear", "resend_every: §often", "schedule.duration"),
                new Mistake(MAPPING, "on_removed: clear", "operation: insert\n  resend_every: §30d", "yaml.bad_value"),
                new Mistake(MAPPING, "on_removed: clear", "operation: append\n  resend_every: §30d", "yaml.bad_value"),
                new Mistake(MAPPING, "on_removed: clear", "operation: remove\n  resend_every: §30d", "yaml.bad_value"),
                new Mistake(MAPPING, "{Lead_Id__c: lead_id}", "§{}", "yaml.bad_value"),
                new Mistake(MAPPING, "{Lead_Id__c: lead_id}", "{Lead_Id__c: §lead}", "model.unknown_column"),
                new Mistake(
                        MAPPING,
                        "{Lead_Id__c: lead_id}",
                        "{Lead_Id__c: {column: lead_id, §constant: x}}",
                        "yaml.unknown_key"));
    }

    static Stream<Mistake> rest() {
        return Stream.of(
                new Mistake(MAPPING, "max_changed", "§max_chnged", "yaml.unknown_key"),
                new Mistake(MAPPING, "max_changed: 30%", "§holdout: 5%", "yaml.unsupported"),
                new Mistake(MAPPING, "max_changed: 30%", "max_changed: §lots", "yaml.bad_value"),
                new Mistake(
                        MAPPING, "  Lead_Score__c: {dead_band", "  §Lead_Scor__c: {dead_band", "guard.unknown_field"),
                new Mistake(MAPPING, "  Lead_Score__c: {dead_band", "  Grade__c: {§dead_band", "guard.field_type"),
                new Mistake(MAPPING, "dead_band: 0.01", "dead_band: §0", "yaml.bad_value"),
                new Mistake(MAPPING, "dead_band: 0.01", "§max_writes_per_day: 4", "yaml.unsupported"),
                new Mistake(MAPPING, "accepted: 99.5%", "accepted: §99.5", "yaml.bad_value"),
                new Mistake(MAPPING, "owner:", "id: §Lead Scores\nowner:", "yaml.bad_value"),
                new Mistake(MAPPING, "description:", "§descripton:", "yaml.unknown_key"),
                new Mistake(MAPPING, "owner: growth-data", "owner: growth§: data", "yaml.syntax"),
                new Mistake(MAPPING, "owner: growth-data", "owner: §!x a", "yaml.unsupported"));
    }
}
