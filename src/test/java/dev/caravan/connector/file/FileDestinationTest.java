package dev.caravan.connector.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Capabilities;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Described;
import dev.caravan.destination.IdempotencyClass;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.destination.Write;
import dev.caravan.mapping.TargetField.Kind;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.problem.Code;
import dev.caravan.row.Value;
import dev.caravan.row.ValueType;
import dev.caravan.transport.Body;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.Reply;
import dev.caravan.transport.StoreAnswer;
import dev.caravan.transport.StoreAnswer.Effect;
import dev.caravan.transport.StoreAnswer.Published;
import dev.caravan.transport.StoreAnswer.Refusal;
import dev.caravan.transport.StoreAnswer.Refused;
import dev.caravan.transport.StoreRequest;
import dev.caravan.transport.StoreRequest.Change;
import dev.caravan.transport.StoreRequest.Mode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FileDestinationTest {

    private static final FileDestination PEOPLE = new FileDestination(true, Duration.ZERO);
    private static final FileDestination PROGRAMS = new FileDestination(false, Duration.ZERO);

    private static Batch batch(Action action, String object, PlannedWrite.Kind kind, Object... keys) {
        List<Write> writes = new ArrayList<>();
        for (Object key : keys) {
            Value value = key instanceof Integer number ? new Value.Int(number) : new Value.Text((String) key);
            writes.add(
                    new Write(writes.size(), kind, value, null, Map.of("a", value), "dedupe-" + key, Optional.empty()));
        }
        return new Batch(
                action, false, object, "id", new TargetSchema(object, List.of(), Optional.of(Kind.TEXT)), writes);
    }

    private static Batch upsert(Object... keys) {
        return batch(Action.UPSERT, "x.csv", PlannedWrite.Kind.ADD, keys);
    }

    private static Change asked(FileDestination destination, Batch batch) {
        return ((StoreRequest) ((Conversation.Send<List<Outcome>>) destination.deliver(batch)).request())
                .change()
                .orElseThrow();
    }

    private static List<Outcome> told(Batch batch, Reply reply) {
        Conversation.Send<List<Outcome>> send = (Conversation.Send<List<Outcome>>) PEOPLE.deliver(batch);
        return ((Conversation.Done<List<Outcome>>) send.then().apply(reply)).result();
    }

    private static Reply published(Effect... effects) {
        return StoreAnswer.of(new Published(1, Arrays.asList(effects)));
    }

    @Test
    void everyEffectIsAnOutcome() {
        assertThat(told(
                        upsert("a", "b", "c", "d"),
                        published(Effect.CREATED, Effect.CHANGED, Effect.REPEATED, Effect.UNFIT)))
                .containsExactly(
                        new Outcome.Accepted(null, true),
                        new Outcome.Accepted(null, false),
                        new Outcome.Accepted(null, false),
                        new Outcome.Rejected(
                                "UNFIT", null, "a value does not fit the type of its column", ErrorClass.DATA));
        assertThat(told(
                        batch(Action.DELETE, "x.csv", PlannedWrite.Kind.REMOVE, "a", "b"),
                        published(Effect.DELETED, Effect.ABSENT)))
                .containsExactly(new Outcome.Accepted(null, false), new Outcome.Unchanged(null));
        assertThat(told(batch(Action.UPDATE, "x.csv", PlannedWrite.Kind.CHANGE, "a"), published(Effect.ABSENT)))
                .containsExactly(new Outcome.Rejected("NOT_FOUND", "id", "no row has this key", ErrorClass.DATA));
        assertThat(told(batch(Action.APPEND, "x.csv", PlannedWrite.Kind.ADD, "a"), published(Effect.REPEATED)))
                .containsExactly(new Outcome.Accepted(null, true));
    }

    @Test
    void whatDoesNotAnswerForEveryRowAnswersForNone() {
        Batch batch = upsert("a", "b");
        List<Reply> strange = List.of(
                published(Effect.CREATED),
                published(Effect.CREATED, Effect.CREATED, Effect.CREATED),
                StoreAnswer.of(new StoreAnswer.Place("x")),
                StoreAnswer.of(new StoreAnswer.Columns(List.of())),
                new HttpAnswer(200, Map.of(), Body.EMPTY, 1),
                new Reply.Lost("publish", 1));
        for (Reply reply : strange) {
            assertThat(told(batch, reply)).hasSize(2).allMatch(Outcome.Unknown.class::isInstance);
        }
        assertThat(told(batch, new Reply.NotSent("busy", "", Optional.empty(), 0)))
                .containsOnly(new Outcome.Deferred("busy", Optional.empty()))
                .hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void aRefusalConcernsAllRowsAndStopsTheRun(Refusal refusal) {
        assertThat(told(upsert("a", "b"), StoreAnswer.of(new Refused(refusal, "why"))))
                .hasSize(2)
                .allSatisfy(outcome -> assertThat(((Outcome.Rejected) outcome).errorClass())
                        .isEqualTo(refusal == Refusal.FULL ? ErrorClass.QUOTA : ErrorClass.CONFIG));
    }

    @Test
    void aTextThatBeginsAsAFormulaIsNoneForPeople() {
        Object[] keys = {"=1+1", "+43 1", "-x", "@x", "\tx", "\rx", "x=", "'=", -5};
        assertThat(asked(PEOPLE, upsert(keys)).entries())
                .extracting(entry -> entry.key().text())
                .containsExactly("'=1+1", "'+43 1", "'-x", "'@x", "'\tx", "'\rx", "x=", "''=", "-5")
                .isEqualTo(asked(PEOPLE, upsert(keys)).entries().stream()
                        .map(entry -> entry.fields().get("a").text())
                        .toList());
        assertThat(asked(PROGRAMS, upsert("=1")).entries().getFirst().key()).isEqualTo(new Value.Text("=1"));
        Batch lines = batch(Action.UPSERT, "x.jsonl", PlannedWrite.Kind.ADD, "=1");
        assertThat(asked(PEOPLE, lines).entries().getFirst().key()).isEqualTo(new Value.Text("=1"));
    }

    /** What the guard makes of two keys is two keys, as plans have it. */
    @Test
    void noTwoKeysBecomeOneForPeople() {
        Object[] keys = {
            "=", "'=", "''=", "\t", "'\t", "x;=", "x;'=", "x;\"=", "x;\"'=", "x;'\"=", "'", "''", "\t=", "\t'="
        };
        assertThat(asked(PEOPLE, upsert(keys)).entries())
                .extracting(entry -> entry.key().text())
                .doesNotHaveDuplicates();
    }

    /** Where the list separator is a semicolon, as in most of Europe, a comma parts nothing. */
    @Test
    void noPartOfATextIsAFormulaWhereverItIsOpened() {
        Object[] keys = {
            "a;=HYPERLINK(1)", "x\t+1", "x\n@y", "a;\"=1\"", "\uff1d1", "\uff0d1", "\t=1", "a;b", "a; =1", "a;'=1"
        };
        assertThat(asked(PEOPLE, upsert(keys)).entries())
                .extracting(entry -> entry.key().text())
                .containsExactly(
                        "a;'=HYPERLINK(1)",
                        "x\t'+1",
                        "x\n'@y",
                        "a;\"'=1\"",
                        "'\uff1d1",
                        "'\uff0d1",
                        "'\t'=1",
                        "a;b",
                        "a; =1",
                        "a;''=1");
    }

    @Test
    void aRepetitionIsKnownByItsRowsAndAnotherBatchIsAnother() {
        assertThat(asked(PEOPLE, upsert("a", "b")).batch())
                .isEqualTo(asked(PEOPLE, upsert("a", "b")).batch())
                .isNotEqualTo(asked(PEOPLE, upsert("a")).batch());
    }

    @Test
    void toClearRowsMakesNone() {
        assertThat(asked(PEOPLE, batch(Action.UPSERT, "x.csv", PlannedWrite.Kind.REMOVE, "a"))
                        .mode())
                .isEqualTo(Mode.UPDATE);
    }

    @Test
    void whatItSaysItCanDoItDoes() {
        Capabilities can = PEOPLE.capabilities("people.parquet");
        for (Action action : Action.values()) {
            Batch batch = batch(action, "x.csv", PlannedWrite.Kind.ADD, "a");
            if (can.can(action)) {
                assertThat(PEOPLE.deliver(batch)).isNotNull();
                assertThat(PEOPLE.idempotency(batch))
                        .isEqualTo(action == Action.APPEND ? IdempotencyClass.B : IdempotencyClass.A);
            } else {
                org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
                        .isThrownBy(() -> PEOPLE.deliver(batch));
            }
        }
        for (String name : List.of("x", "x.txt", "../x.csv", "/x.csv", ".x.csv", "a/b.csv", "*.csv", "")) {
            assertThat(PEOPLE.capabilities(name)).isEqualTo(Capabilities.NONE);
            assertThat(PEOPLE.describe(name))
                    .isInstanceOfSatisfying(
                            Conversation.Done.class,
                            done -> assertThat(((Described.Failed) done.result())
                                            .problem()
                                            .code())
                                    .isEqualTo(Code.TARGET_OBJECT_UNKNOWN));
        }
    }

    @Test
    void aFileHasTheColumnsItHasAndAnyOther() {
        Conversation.Send<Described> send = (Conversation.Send<Described>) PEOPLE.describe("x.parquet");
        Reply columns =
                StoreAnswer.of(new StoreAnswer.Columns(List.of(new StoreAnswer.Column("n", ValueType.INTEGER))));
        TargetSchema schema =
                ((Described.Schema) ((Conversation.Done<Described>) send.then().apply(columns)).result()).schema();
        assertThat(PEOPLE.mismatch(schema.field("n").orElseThrow(), ValueType.INTEGER))
                .isEmpty();
        assertThat(PEOPLE.mismatch(schema.field("n").orElseThrow(), ValueType.TEXT))
                .isPresent();
        for (ValueType type : ValueType.values()) {
            assertThat(PEOPLE.mismatch(schema.field("new").orElseThrow(), type)).isEmpty();
        }
        assertThat(PEOPLE.misfit(schema.field("new").orElseThrow(), new Value.Real(Double.NaN)))
                .contains("not_a_number");
        assertThat(PEOPLE.misfit(schema.field("new").orElseThrow(), new Value.Text("\ud83d")))
                .contains("half_a_character");
    }

    @Test
    void textsWithinJsonAreGuardedAndBytesAreNoTexts() {
        Value json = new Value.Json("{\"a\":[\"x;=1+1\",-5],\"=b\":\";-2\"}");
        assertThat(PeopleGuard.of(json)).isEqualTo(new Value.Json("{\"a\":[\"x;'=1+1\",-5],\"=b\":\";'-2\"}"));
        assertThat(PeopleGuard.of(new Value.Json("-5"))).isEqualTo(new Value.Json("-5"));
        assertThat(PeopleGuard.of(new Value.Binary("+A=="))).isEqualTo(new Value.Binary("+A=="));
    }

    @Test
    void bytesAndJsonOfAFileTakeTheirLikes() {
        Conversation.Send<Described> send = (Conversation.Send<Described>) PEOPLE.describe("x.parquet");
        Reply columns = StoreAnswer.of(new StoreAnswer.Columns(
                List.of(new StoreAnswer.Column("b", ValueType.BINARY), new StoreAnswer.Column("j", ValueType.JSON))));
        TargetSchema schema =
                ((Described.Schema) ((Conversation.Done<Described>) send.then().apply(columns)).result()).schema();
        for (ValueType type : ValueType.values()) {
            assertThat(PEOPLE.mismatch(schema.field("b").orElseThrow(), type).isEmpty())
                    .as("%s", type)
                    .isEqualTo(type == ValueType.BINARY);
            assertThat(PEOPLE.mismatch(schema.field("j").orElseThrow(), type).isEmpty())
                    .as("%s", type)
                    .isEqualTo(type == ValueType.JSON);
        }
        assertThat(PEOPLE.misfit(schema.field("j").orElseThrow(), new Value.Text("[[[")))
                .contains("not_json");
    }
}
