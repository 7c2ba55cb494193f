package dev.caravan.app.connect;

import dev.caravan.app.connect.ConnectorFacts.Meaning;
import dev.caravan.app.connect.Probes.Case;
import dev.caravan.config.settings.Limits;
import dev.caravan.connector.file.FileDestination;
import dev.caravan.connector.jdbc.JdbcDestination;
import dev.caravan.connector.jdbc.JdbcSpec;
import dev.caravan.connector.jdbc.sql.Dialect;
import dev.caravan.connector.jdbc.sql.DuckDbDialect;
import dev.caravan.connector.jdbc.sql.MySqlDialect;
import dev.caravan.connector.jdbc.sql.PostgresDialect;
import dev.caravan.connector.kafka.KafkaDestination;
import dev.caravan.connector.salesforce.SalesforceDestination;
import dev.caravan.connector.salesforce.SalesforceLimits;
import dev.caravan.connector.salesforce.wire.ErrorCodes;
import dev.caravan.delivery.link.ConnectionLimits;
import dev.caravan.destination.Action;
import dev.caravan.destination.Destination;
import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.mapping.TargetField.Kind;
import dev.caravan.transport.Body;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.PublishAnswer;
import dev.caravan.transport.Reply;
import dev.caravan.transport.SqlAnswer.Refusal;
import dev.caravan.transport.StoreAnswer;
import dev.caravan.transport.jdbc.DuckDbWords;
import dev.caravan.transport.kafka.KafkaRefusal;
import dev.caravan.transport.kafka.KafkaSettings;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The connectors in Java as connections that say nothing special have them. */
final class CodedConnectors {

    private static final String KEY = "id";

    private CodedConnectors() {}

    /** By name. */
    static Map<String, CodedFacts> all() {
        Map<String, CodedFacts> all = new LinkedHashMap<>();
        all.put("duckdb", tables(new DuckDbDialect(), JdbcOpener.ONE_FILE, duckDbWords()));
        all.put("files", files());
        all.put("kafka", kafka());
        MySqlDialect mysql = new MySqlDialect();
        all.put("mysql", tables(mysql, JdbcOpener.LIMITS, mysql.errors().listed()));
        PostgresDialect postgres = new PostgresDialect("public");
        all.put(
                "postgres",
                tables(postgres, JdbcOpener.LIMITS, postgres.errors().listed()));
        all.put("salesforce", salesforce());
        return all;
    }

    private static CodedFacts tables(Dialect dialect, Limits limits, Map<ErrorClass, List<String>> errors) {
        Destination tables = new JdbcDestination(JdbcSpec.of(dialect));
        return new CodedFacts(
                tables,
                ConnectionUse.of(limits),
                "t",
                List.of(
                        new Case("the key is unique", tables, KEY),
                        new Case("the table keeps dedupe keys", tables, JdbcSpec.DEDUPE_COLUMN)),
                unanswered(tables, "t", "refused", "login", "account"),
                CodedFacts.codes(errors, dialect.errors().of(new Refusal("00000", 0, "", ""))),
                EnumSet.complementOf(EnumSet.of(Kind.EMAIL, Kind.REFERENCE)));
    }

    /** The first words of DuckDB's messages, by what they are about. */
    private static Map<ErrorClass, List<String>> duckDbWords() {
        Map<ErrorClass, List<String>> words = new EnumMap<>(ErrorClass.class);
        DuckDbWords.listed()
                .forEach((word, state) -> words.computeIfAbsent(
                                new DuckDbDialect().errors().of(new Refusal(state, 0, "", "")),
                                none -> new ArrayList<>())
                        .add(word));
        return words;
    }

    private static CodedFacts files() {
        Destination files = new FileDestination(true, FolderOpener.ZOMBIES);
        List<Meaning> codes = Stream.concat(
                        Stream.of(StoreAnswer.Refusal.values())
                                .map(code -> told(files, new StoreAnswer.Refused(code, ""), name("file.", code))),
                        Stream.of(StoreAnswer.Effect.ABSENT, StoreAnswer.Effect.UNFIT)
                                .map(effect -> told(
                                        files,
                                        new StoreAnswer.Published(1, List.of(effect)),
                                        effect == StoreAnswer.Effect.ABSENT ? "`NOT_FOUND`" : "`UNFIT`")))
                .toList();
        return new CodedFacts(
                files,
                FolderOpener.LIMITS,
                "f.csv",
                List.of(),
                unanswered(files, "f.csv", "refused", "busy", "account"),
                codes,
                EnumSet.complementOf(EnumSet.of(Kind.EMAIL, Kind.ENUM, Kind.REFERENCE, Kind.OTHER)));
    }

    private static Meaning told(Destination files, StoreAnswer.Told told, String code) {
        return new Meaning(code, Probes.said(Probes.outcome(files, Action.UPDATE, "f.csv", StoreAnswer.of(told))));
    }

    private static CodedFacts kafka() {
        KafkaSettings usual =
                new KafkaSettings("", "plaintext", Optional.empty(), Optional.empty(), KafkaOpener.DELIVERY);
        Destination topics = new KafkaDestination(false, KafkaOpener.ZOMBIES, usual.longest());
        Destination deduped = new KafkaDestination(true, KafkaOpener.ZOMBIES, usual.longest());
        List<Meaning> codes = Stream.of(KafkaRefusal.values())
                .map(refusal -> new Meaning(
                        name("", refusal),
                        Probes.said(Probes.outcome(
                                topics,
                                Action.UPSERT,
                                "t",
                                PublishAnswer.of(new PublishAnswer.Fates(List.of(refusal.fate())))))))
                .toList();
        return new CodedFacts(
                topics,
                ConnectionUse.of(KafkaOpener.LIMITS),
                "t",
                List.of(new Case("`consumers_dedupe` is true", deduped, "")),
                unanswered(topics, "t", "refused", "login", "account"),
                codes,
                EnumSet.of(Kind.TEXT));
    }

    private static CodedFacts salesforce() {
        Destination org = new SalesforceDestination("60.0", "caravan", SalesforceLimits.DEFAULT);
        List<Meaning> answers = new ArrayList<>();
        for (int status : new int[] {401, 408, 429, 500, 503}) {
            answers.add(Probes.meaning(Integer.toString(status), org, Action.UPSERT, "Lead", http(status, "[]")));
        }
        answers.add(Probes.meaning(
                "403 `REQUEST_LIMIT_EXCEEDED` with `TotalRequests`",
                org,
                Action.UPSERT,
                "Lead",
                refused(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")));
        answers.add(Probes.meaning(
                "403 or 404 with another code that is listed",
                org,
                Action.UPSERT,
                "Lead",
                refused(404, "NOT_FOUND", "The requested resource does not exist")));
        answers.add(Probes.meaning("an answer that cannot be read", org, Action.UPSERT, "Lead", http(200, "<html>")));
        answers.addAll(unanswered(org, "Lead", "refused", "login"));
        return new CodedFacts(
                org,
                ConnectionLimits.DEFAULT,
                "Lead",
                List.of(new Case("the key is unique", org, KEY)),
                answers,
                CodedFacts.codes(ErrorCodes.listed(), ErrorClass.POLICY),
                EnumSet.allOf(Kind.class));
    }

    private static HttpAnswer http(int status, String body) {
        return new HttpAnswer(status, Map.of(), Body.of(body), 1);
    }

    private static HttpAnswer refused(int status, String code, String message) {
        return http(status, "[{\"errorCode\":\"" + code + "\",\"message\":\"" + message + "\"}]");
    }

    private static List<Meaning> unanswered(Destination destination, String object, String... reasons) {
        List<Meaning> meanings = new ArrayList<>();
        for (String reason : reasons) {
            Reply reply = Probes.notSent(reason);
            meanings.add(Probes.meaning("none: not sent, `" + reason + "`", destination, Action.UPSERT, object, reply));
        }
        meanings.add(Probes.meaning("none: lost on the way", destination, Action.UPSERT, object, Probes.lost()));
        return meanings;
    }

    private static String name(String before, Enum<?> code) {
        return "`" + before + code.name().toLowerCase(Locale.ROOT) + "`";
    }
}
