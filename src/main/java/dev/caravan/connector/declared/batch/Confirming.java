package dev.caravan.connector.declared.batch;

import dev.caravan.connector.declared.answer.Confirmed;
import dev.caravan.connector.declared.answer.Interpreter;
import dev.caravan.connector.declared.render.Errand;
import dev.caravan.connector.declared.render.Item;
import dev.caravan.connector.declared.render.Parcel;
import dev.caravan.connector.declared.render.Parcels;
import dev.caravan.connector.declared.spec.ConfirmSpec;
import dev.caravan.connector.declared.spec.Nulls;
import dev.caravan.destination.Conversation;
import dev.caravan.transport.Request.Replay;
import java.util.List;

/** Asks about the rows of which an answer said nothing, once. */
record Confirming(Errand errand, ConfirmSpec confirm) {

    /** What was read, with what was confirmed besides. */
    Conversation<Interpreter.Read> of(List<Item> silent, Interpreter.Read read) {
        Parcel.Cut cut =
                new Parcels(errand, confirm.batch(), new Nulls.Omit(), confirm.request(), Replay.READ).cut(silent);
        return ask(cut.parcels(), 0, read);
    }

    private Conversation<Interpreter.Read> ask(List<Parcel> parcels, int at, Interpreter.Read sofar) {
        if (at == parcels.size()) {
            return new Conversation.Done<>(sofar);
        }
        Parcel parcel = parcels.get(at);
        return new Conversation.Send<>(
                parcel.request(),
                reply -> ask(
                        parcels,
                        at + 1,
                        new Interpreter.Read(
                                Item.merge(sofar.outcomes(), Confirmed.read(errand, confirm, reply, parcel.items())),
                                sofar.ends())));
    }
}
