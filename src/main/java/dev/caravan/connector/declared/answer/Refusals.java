package dev.caravan.connector.declared.answer;

import dev.caravan.connector.declared.render.Errand;
import dev.caravan.connector.declared.render.Item;
import dev.caravan.connector.declared.select.Found;
import dev.caravan.connector.declared.select.Wording;
import dev.caravan.connector.declared.spec.ErrorClass;
import dev.caravan.connector.declared.spec.Refuse;
import dev.caravan.destination.Action;
import dev.caravan.destination.Outcome;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a refusal of a row makes of it. */
public final class Refusals {

    private Refusals() {}

    /** The outcome of a row that this node refuses; unknown if the node does not say so in the words that it should have. */
    static Outcome of(Errand errand, Item item, Refuse refuse, Found found) {
        Map<String, String> variables = errand.variables();
        Optional<String> code = Said.words(refuse.code(), found, variables);
        Optional<String> message = Said.words(refuse.message(), found, variables);
        boolean silent = code.isEmpty() && message.isEmpty();
        if (silent && (refuse.code().isPresent() || refuse.message().isPresent())) {
            return new Outcome.Unknown("malformed");
        }
        Said said = new Said(
                code.orElse("refused"),
                message.orElse(""),
                Said.words(refuse.field(), found, variables),
                Said.words(refuse.rival(), found, variables));
        if (refuse.errorClass().isPresent()) {
            return outcome(errand, item, refuse.errorClass().get(), said, false);
        }
        ErrorClass listed = errand.spec().codes().classOf(said.code());
        // One table for all operations: what is as it should be after a removal is not so after an update.
        boolean amiss = listed == ErrorClass.UNCHANGED && !errand.maybeSoAlready(item);
        return outcome(errand, item, amiss ? instead(errand) : listed, said, false);
    }

    /**
     * The codes of refusals, each once; one that is not told is blank.
     *
     * @param most how many there should be
     */
    static Set<String> codes(Errand errand, Refuse refuse, Found found, int most) {
        Set<String> codes = new LinkedHashSet<>();
        refuse.code().ifPresent(wording -> {
            List<String> told = wording.all(found, errand.variables());
            codes.addAll(told);
            if (wording instanceof Wording.At && told.size() < most) {
                codes.add("");
            }
        });
        return codes;
    }

    /** Whether a code is listed as one of what is so already. */
    static boolean saysSoAlready(Errand errand, Refuse refuse, String code) {
        return refuse.errorClass().isEmpty() && errand.spec().codes().classOf(code) == ErrorClass.UNCHANGED;
    }

    /** What "so already" is where it cannot be our doing: an event that was never sent is another one's by the same name. */
    static ErrorClass instead(Errand errand) {
        return errand.batch().action() == Action.APPEND ? ErrorClass.CONFLICT : ErrorClass.DATA;
    }

    /** The outcome of a row that is refused in this class. */
    public static Outcome outcome(Errand errand, Item item, ErrorClass errorClass, Said said, boolean together) {
        return switch (errorClass) {
            case DATA -> rejected(said, Outcome.ErrorClass.DATA, together);
            case CONFLICT -> conflict(errand, item, said, together);
            case POLICY -> rejected(said, Outcome.ErrorClass.POLICY, together);
            case CONFIG -> rejected(said, Outcome.ErrorClass.CONFIG, false);
            case TRANSIENT -> rejected(said, Outcome.ErrorClass.TRANSIENT, false);
            case RATE -> new Outcome.Deferred("busy", Optional.empty());
            case QUOTA -> rejected(said, Outcome.ErrorClass.QUOTA, false);
            case AUTH -> rejected(said, Outcome.ErrorClass.AUTH, false);
            case UNKNOWN -> new Outcome.Unknown("unclear");
            case UNCHANGED -> new Outcome.Unchanged(item.id().or(said::rival).orElse(null));
        };
    }

    /** An insert of which an earlier request may have arrived: ours, most likely, but nothing says with whose values. */
    private static Outcome conflict(Errand errand, Item item, Said said, boolean together) {
        boolean taken = errand.batch().action() == Action.INSERT && item.write().inDoubt();
        return taken && !together
                ? new Outcome.Unknown(Outcome.Unknown.KEY_TAKEN)
                : rejected(said, Outcome.ErrorClass.CONFLICT, together);
    }

    private static Outcome rejected(Said said, Outcome.ErrorClass errorClass, boolean together) {
        return new Outcome.Rejected(said.code(), said.field().orElse(null), said.text(), errorClass, together);
    }
}
