package dev.caravan.destination.kit;

import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Write;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Reply;
import java.util.List;
import java.util.function.Function;

/**
 * What every connector over HTTP keeps. A connector's test extends it and says how its API answers when all is well; everything else is
 * tried from {@link ConnectorContract}.
 */
public abstract class DestinationContract extends ConnectorContract {

    /**
     * One operation on one object.
     *
     * @param row a row of this number, with an id where the operation needs one
     * @param well how the API answers when it takes every row of a request
     * @param tells whether an answer to rows has content, so that without it nothing was said
     */
    public record Operation(
            Action action,
            String object,
            String keyField,
            Function<Integer, Write> row,
            Function<HttpRequest, Reply> well,
            boolean tells) {

        private Case asCase() {
            return new Case(
                    action, object, keyField, row::apply, request -> well.apply(HttpRequest.of(request)), tells);
        }

        private static Operation of(Case operation) {
            return new Operation(
                    operation.action(),
                    operation.object(),
                    operation.keyField(),
                    operation.row()::apply,
                    operation.well()::apply,
                    operation.tells());
        }
    }

    /** Every operation that the destination declares on the objects named here. */
    protected abstract List<Operation> operations();

    /** A batch of an operation. */
    protected abstract Batch batch(Operation operation, List<Write> writes);

    @Override
    protected final List<Case> cases() {
        return operations().stream().map(Operation::asCase).toList();
    }

    @Override
    protected final Batch batch(Case operation, List<Write> writes) {
        return batch(Operation.of(operation), writes);
    }
}
