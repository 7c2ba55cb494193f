package dev.caravan.connector.declared.describe;

import dev.caravan.connector.declared.answer.Answered;
import dev.caravan.connector.declared.answer.Verdict;
import dev.caravan.connector.declared.answer.Verdicts;
import dev.caravan.connector.declared.render.Pages;
import dev.caravan.connector.declared.render.Requests;
import dev.caravan.connector.declared.spec.ConnectorSpec;
import dev.caravan.connector.declared.spec.DescribeSpec;
import dev.caravan.connector.declared.spec.FieldSpec;
import dev.caravan.connector.declared.spec.ObjectSpec;
import dev.caravan.connector.declared.template.BatchScope;
import dev.caravan.connector.declared.template.Faults;
import dev.caravan.connector.declared.template.Known;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Described;
import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetKey;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request.Replay;
import java.util.List;
import java.util.Optional;

/** Says what an object's fields are: by what its connector knows, or by asking. */
public final class Describer {

    private final ConnectorSpec spec;
    private final Known known;

    /** For the objects of a connector. */
    public Describer(ConnectorSpec spec, Known known) {
        this.spec = spec;
        this.known = known;
    }

    /** The description of an object. */
    public Conversation<Described> describe(String object) {
        Troubles troubles = new Troubles(spec, object);
        return spec.object(object)
                .map(named -> switch (named.object().describe()) {
                    case DescribeSpec.Known here ->
                        new Conversation.Done<Described>(new Described.Schema(known(named)));
                    case DescribeSpec.Asked asked -> ask(asked, named, troubles);
                })
                .orElseGet(() -> new Conversation.Done<>(troubles.unknown()));
    }

    /** What the connector says of an object without asking. */
    public TargetSchema known(ObjectSpec.Named named) {
        List<FieldSpec> fields = switch (named.object().describe()) {
            case DescribeSpec.Known known -> known.fields();
            case DescribeSpec.Asked asked -> asked.also();
        };
        Optional<TargetField.Kind> open = named.object().describe() instanceof DescribeSpec.Known known
                ? known.open()
                : Optional.of(TargetField.Kind.TEXT);
        return new TargetSchema(
                named.name(),
                fields.stream().map(Fields::of).toList(),
                named.object().keys(),
                open);
    }

    private Conversation<Described> ask(DescribeSpec.Asked asked, ObjectSpec.Named named, Troubles troubles) {
        Known about = known.about(named.name(), named.captures(), TargetKey.of(""));
        Faults faults = new Faults();
        HttpRequest request = Requests.of(spec, asked.request(), BatchScope.of(about), Replay.READ, faults);
        return faults.none()
                ? page(asked, named, about, request, 1, Told.NOTHING, troubles)
                : new Conversation.Done<>(
                        troubles.unaskable(faults.all().getFirst().reason()));
    }

    private Conversation<Described> page(
            DescribeSpec.Asked asked,
            ObjectSpec.Named named,
            Known about,
            HttpRequest request,
            int number,
            Told before,
            Troubles troubles) {
        return new Conversation.Send<>(request, reply -> {
            if (!(reply instanceof HttpAnswer answer) || !answer.ok()) {
                return new Conversation.Done<>(failed(reply, about, troubles));
            }
            Answered answered = Answered.of(answer, about.variables());
            Optional<Told> read = answered.structured() ? Told.read(asked, answered.subject()) : Optional.empty();
            if (read.isEmpty() || (read.get().fields().isEmpty() && number == 1)) {
                return new Conversation.Done<>(troubles.malformed());
            }
            Told told = before.and(read.get());
            Optional<HttpRequest> next = asked.pages()
                    .flatMap(pages -> Pages.next(pages, request, answered.subject(), Requests.base(spec, known)));
            if (next.isEmpty()) {
                return new Conversation.Done<>(new Described.Schema(told.schema(asked, named)));
            }
            return number >= asked.pages().orElseThrow().most()
                    ? new Conversation.Done<>(troubles.malformed())
                    : page(asked, named, about, next.get(), number + 1, told, troubles);
        });
    }

    private Described failed(Reply reply, Known about, Troubles troubles) {
        if (reply instanceof HttpAnswer answer && answer.status() == 404) {
            return troubles.unknown();
        }
        return switch (Verdicts.of(spec, reply, about.variables())) {
            case Verdict.NotApplied not -> troubles.unreachable(not.deferred().reason());
            case Verdict.Unclear unclear -> troubles.unreachable(unclear.reason());
            case Verdict.Refused refused -> troubles.refused(refused.code());
            case Verdict.SoAlready already -> troubles.malformed();
        };
    }
}
