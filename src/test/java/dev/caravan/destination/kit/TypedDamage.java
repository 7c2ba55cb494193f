package dev.caravan.destination.kit;

import dev.caravan.destination.kit.Mutations.Damage;
import dev.caravan.destination.kit.Mutations.Damaged;
import dev.caravan.row.Value;
import dev.caravan.transport.Body;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.PublishAnswer;
import dev.caravan.transport.Reply;
import dev.caravan.transport.SqlAnswer;
import dev.caravan.transport.StoreAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Damages answers of databases, stores and streams. They count rows by place, so that a place too few or too many tells nothing at all. */
record TypedDamage(Random random) {

    private static final List<String> STATES =
            List.of("00000", "22001", "23505", "23502", "40001", "42703", "42501", "53100", "57014", "08006", "XX000");
    private static final List<Integer> NUMBERS = List.of(0, 0, 0, 1062, 1205, 1048, 1114, 1406);

    /** Why it is another kind of answer, or none. */
    private Damaged elsewhere() {
        return switch (random.nextInt(5)) {
            case 0 -> new Damaged(Damage.DESTROYED, new HttpAnswer(200, Map.of(), Body.of("{}"), 1));
            case 1 -> new Damaged(Damage.DESTROYED, StoreAnswer.of(new StoreAnswer.Place("x")));
            case 2 -> new Damaged(Damage.DESTROYED, PublishAnswer.of(new PublishAnswer.Cluster("x")));
            case 3 -> new Damaged(Damage.OTHERWISE, new Reply.NotSent("refused", "", Optional.empty(), 1));
            default -> new Damaged(Damage.OTHERWISE, new Reply.Lost("timeout", 1));
        };
    }

    Damaged of(SqlAnswer good) {
        if (good.refusal().isPresent()) {
            return new Damaged(Damage.OTHERWISE, good);
        }
        return switch (random.nextInt(8)) {
            case 0 -> elsewhere();
            case 1 -> new Damaged(Damage.OTHERWISE, SqlAnswer.refused(refusal()));
            case 2 -> new Damaged(Damage.DESTROYED, SqlAnswer.committed(List.of()));
            case 3 -> new Damaged(Damage.DESTROYED, SqlAnswer.committed(another(good.results(), List.of())));
            case 4, 5 -> new Damaged(Damage.DESTROYED, SqlAnswer.committed(oneRowOff(good.results())));
            default -> sql(good.results());
        };
    }

    /** Another result of one row. */
    private Damaged sql(List<List<SqlAnswer.Result>> good) {
        int statement = random.nextInt(good.size());
        if (good.get(statement).isEmpty()) {
            return new Damaged(Damage.CHANGED, SqlAnswer.committed(good));
        }
        int row = random.nextInt(good.get(statement).size());
        SqlAnswer.Result result = result();
        boolean spoilt = result instanceof SqlAnswer.Refused && statement == good.size() - 1;
        Reply changed = SqlAnswer.committed(with(good, statement, with(good.get(statement), row, result)));
        return new Damaged(Damage.CHANGED, changed, spoilt ? row : -1);
    }

    private SqlAnswer.Result result() {
        List<Value> row = List.of(random.nextBoolean() ? Value.ofNull() : new Value.Text("yes"));
        return switch (random.nextInt(4)) {
            case 0 -> new SqlAnswer.Refused(refusal());
            case 1 -> new SqlAnswer.Ran(0, List.of());
            case 2 -> new SqlAnswer.Ran(random.nextInt(3), List.of(row));
            default -> new SqlAnswer.Ran(-1, List.of(List.of(), row, row));
        };
    }

    private SqlAnswer.Refusal refusal() {
        return new SqlAnswer.Refusal(pick(STATES), pick(NUMBERS), "no, said the server", "");
    }

    Damaged of(StoreAnswer good) {
        if (!(good.told() instanceof StoreAnswer.Published published)) {
            return new Damaged(Damage.OTHERWISE, good);
        }
        List<StoreAnswer.Effect> effects = published.effects();
        return switch (random.nextInt(5)) {
            case 0 -> elsewhere();
            case 1 -> new Damaged(Damage.DESTROYED, StoreAnswer.of(new StoreAnswer.Columns(List.of())));
            case 2 ->
                new Damaged(Damage.DESTROYED, published(another(effects, pick(List.of(StoreAnswer.Effect.values())))));
            case 3 ->
                new Damaged(
                        Damage.OTHERWISE,
                        StoreAnswer.of(new StoreAnswer.Refused(pick(List.of(StoreAnswer.Refusal.values())), "no")));
            default -> {
                int row = random.nextInt(effects.size());
                StoreAnswer.Effect effect = pick(List.of(StoreAnswer.Effect.values()));
                boolean spoilt = effect == StoreAnswer.Effect.ABSENT || effect == StoreAnswer.Effect.UNFIT;
                yield new Damaged(Damage.CHANGED, published(with(effects, row, effect)), spoilt ? row : -1);
            }
        };
    }

    private static Reply published(List<StoreAnswer.Effect> effects) {
        return StoreAnswer.of(new StoreAnswer.Published(1, effects));
    }

    Damaged of(PublishAnswer good) {
        if (!(good.told() instanceof PublishAnswer.Fates told)) {
            return new Damaged(Damage.OTHERWISE, good);
        }
        return switch (random.nextInt(4)) {
            case 0 -> elsewhere();
            case 1 -> new Damaged(Damage.DESTROYED, PublishAnswer.of(new PublishAnswer.Topic(true, true)));
            case 2 ->
                new Damaged(Damage.DESTROYED, PublishAnswer.of(new PublishAnswer.Fates(another(told.fates(), fate()))));
            default -> {
                int row = random.nextInt(told.fates().size());
                PublishAnswer.Fate fate = fate();
                Reply changed = PublishAnswer.of(new PublishAnswer.Fates(with(told.fates(), row, fate)));
                yield new Damaged(Damage.CHANGED, changed, fate instanceof PublishAnswer.Stored ? -1 : row);
            }
        };
    }

    private PublishAnswer.Fate fate() {
        return switch (random.nextInt(4)) {
            case 0 -> new PublishAnswer.Stored(0, -1);
            case 1 -> new PublishAnswer.Refused(pick(List.of(PublishAnswer.Reason.values())), "no");
            case 2 -> new PublishAnswer.Later("refused");
            default -> new PublishAnswer.Unclear("timeout");
        };
    }

    private <T> T pick(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** One more, or one less. */
    private <T> List<T> another(List<T> items, T more) {
        List<T> changed = new ArrayList<>(items);
        if (items.isEmpty() || random.nextBoolean()) {
            changed.add(random.nextInt(items.size() + 1), more);
        } else {
            changed.remove(random.nextInt(items.size()));
        }
        return changed;
    }

    /** One statement of them has a row too many or too few. */
    private List<List<SqlAnswer.Result>> oneRowOff(List<List<SqlAnswer.Result>> good) {
        int at = random.nextInt(good.size());
        return with(good, at, another(good.get(at), new SqlAnswer.Ran(1, List.of())));
    }

    private static <T> List<T> with(List<T> items, int place, T item) {
        List<T> changed = new ArrayList<>(items);
        changed.set(place, item);
        return changed;
    }
}
