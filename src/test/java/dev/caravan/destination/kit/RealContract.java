package dev.caravan.destination.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Action;
import dev.caravan.destination.Described;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Write;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.plan.PlannedWrite.Kind;
import dev.caravan.row.Value;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import dev.caravan.transport.Transport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every connector keeps whose destination runs beside the tests: there the answers are the real ones, and one can look afterwards. */
public abstract class RealContract extends ConnectorContract {

    /** The field that rows have beside their key. */
    protected static final String FIELD = "name";

    private static final String SHARED = "p";

    private final Map<String, Reply> given = new HashMap<>();

    /** The transport, with {@link #CANARY} as its secret. */
    protected abstract Transport transport();

    /** What the destination holds: the field's text, or null for nothing, by the key's text. */
    protected abstract Map<String, @Nullable String> held(String object);

    /** What the destination makes of a value that it took, as {@link #held} tells it; null for nothing. */
    protected @Nullable String kept(Case operation, Value value) {
        return value.isNull() ? null : value.text();
    }

    /** An operation on rows with one field, or with their key alone; where that has two fields, {@code a+b}, all share the first part. */
    protected final Case operation(Action action, String object, String keyField) {
        boolean several = keyField.contains("+");
        return new Case(action, object, keyField, i -> row(action, several, i), this::send, true);
    }

    private static Write row(Action action, boolean several, int number) {
        Map<String, Value> fields =
                action == Action.DELETE ? Map.of() : Map.of(FIELD, new Value.Text(PRIVATE + number));
        Value id = new Value.Text("k" + number);
        Value key = several ? new Value.Tuple(List.of(new Value.Text(SHARED), id)) : id;
        return new Write(number, Kind.ADD, key, null, fields, "dedupe-" + number, Optional.empty());
    }

    @Override
    protected TargetSchema described(Case operation) {
        return ((Described.Schema) new Talk(this::send).run(destination().describe(operation.object()))).schema();
    }

    /** Delivers so many rows, which the destination has to take. */
    protected final void fill(Case operation, int rows) {
        List<Write> writes = IntStream.range(0, rows).mapToObj(operation.row()).toList();
        assertThat(new Talk(operation.well()).run(destination().deliver(batch(operation, writes))))
                .allMatch(Outcome.Accepted.class::isInstance);
    }

    protected final Reply send(Request request) {
        return transport().send(request, "");
    }

    /** Of requests that differ in their values alone the first is answered by the destination. */
    @Override
    protected final Function<Request, Reply> recalled(Case operation) {
        return request -> {
            String shape = operation + ": " + Wire.shape(request);
            Reply known = given.get(shape);
            if (known == null) {
                ready(operation, 4);
                known = send(request);
                given.put(shape, known);
            }
            return known;
        };
    }

    @Test
    void whatIsAcceptedIsThereExactlyAndWhatIsNotIsNot() {
        for (Case operation : cases()) {
            if (operation.action() == Action.DELETE) {
                continue;
            }
            int rows = 2 * EDGES.size();
            ready(operation, rows);
            Map<String, @Nullable String> before = held(operation.object());
            List<Write> writes = new ArrayList<>();
            for (int i = 0; i < rows; i++) {
                Write plain = operation.row().apply(i);
                writes.add(i % 2 == 0 ? plain : strange(plain, EDGES.get(i / 2)));
            }
            List<Outcome> outcomes =
                    new Talk(operation.well()).run(destination().deliver(batch(operation, writes)));
            Map<String, @Nullable String> after = held(operation.object());
            for (int i = 0; i < rows; i++) {
                String key = writes.get(i).targetKey().text();
                Value value = writes.get(i).fields().get(FIELD);
                boolean there =
                        outcomes.get(i) instanceof Outcome.Accepted || outcomes.get(i) instanceof Outcome.Unchanged;
                assertThat(there || i % 2 > 0)
                        .as("%s: %s", operation, outcomes.get(i))
                        .isTrue();
                assertThat(after.get(key))
                        .as("%s of row %d: %s", operation, i, outcomes.get(i))
                        .isEqualTo(there ? kept(operation, value) : before.get(key));
                assertThat(after.containsKey(key))
                        .as("%s of row %d", operation, i)
                        .isEqualTo(there || before.containsKey(key));
            }
        }
    }

    @Test
    void whatIsDeletedIsGone() {
        for (Case operation : cases()) {
            if (operation.action() == Action.DELETE) {
                ready(operation, 3);
                assertThat(held(operation.object())).hasSize(3);
                List<Write> two =
                        List.of(operation.row().apply(0), operation.row().apply(2));
                assertThat(new Talk(operation.well()).run(destination().deliver(batch(operation, two))))
                        .hasSize(2)
                        .allMatch(Outcome.Accepted.class::isInstance);
                assertThat(held(operation.object()).keySet())
                        .containsExactly(operation.row().apply(1).targetKey().text());
            }
        }
    }

    @Test
    void theTransportDescribesItselfWithoutItsSecrets() {
        assertThat(transport().toString() + transport().login()).doesNotContain(CANARY);
    }
}
