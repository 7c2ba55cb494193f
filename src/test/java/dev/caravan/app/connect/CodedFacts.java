package dev.caravan.app.connect;

import dev.caravan.app.connect.ConnectorFacts.Deed;
import dev.caravan.app.connect.ConnectorFacts.Meaning;
import dev.caravan.app.connect.Writables.Kind;
import dev.caravan.app.connect.Writables.Writable;
import dev.caravan.delivery.link.ConnectionLimits;
import dev.caravan.destination.Action;
import dev.caravan.destination.Capabilities.Ability;
import dev.caravan.destination.Destination;
import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.mapping.TargetField;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a connector in Java says of itself: asked of the classes that do it, so that its page cannot say anything else.
 *
 * @param object one that there could be
 * @param cases where an operation is of another class
 * @param kinds what its fields can hold
 */
record CodedFacts(
        Destination destination,
        ConnectionLimits limits,
        String object,
        List<Probes.Case> cases,
        List<Meaning> answers,
        List<Meaning> codes,
        Collection<TargetField.Kind> kinds) {

    private static final String FROM = "the code";

    ConnectorFacts facts() {
        String name = destination.spec().name();
        List<Kind> objects = Writables.of(DeclaredConnectors.of(Path.of("."))).stream()
                .filter(each -> each.name().equals(name))
                .map(Writable::objects)
                .findFirst()
                .orElseThrow();
        return new ConnectorFacts(
                FROM,
                objects,
                deeds(objects.getFirst()),
                List.of(),
                SettingFacts.of(name),
                pace(),
                answers,
                codes,
                Probes.takes(destination, kinds),
                List.of());
    }

    private List<Deed> deeds(Kind kind) {
        Set<Action> actions =
                EnumSet.copyOf(destination.capabilities(object).actions().keySet());
        return actions.stream()
                .map(action -> new Deed(
                        kind.names(),
                        ReadmeBlock.word(action),
                        Probes.idempotency(destination, action, object, cases),
                        together(destination.capabilities(object).of(action))))
                .toList();
    }

    private static String together(Ability ability) {
        String rows = String.format(Locale.ROOT, "%,d", ability.batchRows());
        return ability.jobRows() == 0
                ? rows
                : rows
                        + String.format(
                                Locale.ROOT, "; from %,d rows on a job of %,d", ability.jobFrom(), ability.jobRows());
    }

    private String pace() {
        String share = limits.dailyQuotaShare() < 1
                ? String.format(Locale.ROOT, "; %.0f %% of the daily allowance", limits.dailyQuotaShare() * 100)
                : "";
        return "Limits: " + limits.concurrency() + (limits.concurrency() == 1 ? " request" : " requests")
                + String.format(Locale.ROOT, " at a time; %,.0f in 1 s", limits.requestsPerSecond()) + share
                + ". A request may take " + Probes.shown(destination.requestTimeout())
                + "; one that was lost may take effect for "
                + Probes.shown(destination.spec().zombieWindow()) + ".";
    }

    /** Codes by class, and what any other is about. */
    static List<Meaning> codes(Map<ErrorClass, List<String>> listed, ErrorClass other) {
        List<Meaning> codes = new ArrayList<>();
        listed.forEach((about, each) -> codes.add(new Meaning(
                each.stream().map(code -> "`" + code + "`").collect(Collectors.joining(", ")),
                ReadmeBlock.word(about))));
        codes.add(new Meaning("any other", ReadmeBlock.word(other)));
        return codes;
    }
}
