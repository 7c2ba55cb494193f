package dev.caravan.transport.camel;

import dev.caravan.transport.Gate;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import dev.caravan.transport.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.cache.DefaultProducerCache;
import org.apache.camel.support.service.ServiceHelper;

/**
 * Requests to one Salesforce org through camel-salesforce's {@code raw}. Thread-safe. A 401 causes one log-in, shared by all who
 * need it, and one replay; nothing else is ever sent twice. A request carries the token of the log-in that was looked at for it,
 * so that nobody else's log-in in between can send it to another account. Log-in, request and replay each ask the gate when they would
 * leave, however long the one before took.
 */
public final class CamelSalesforceTransport implements Transport {

    /** How long Jetty's own time-out may be late before a call is given up here. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    /** The characters of an id that tell it; three more may follow that repeat their case. */
    private static final int ID = 15;

    private static final Reply STOPPED = new Reply.NotSent("stopped", "", Optional.empty(), 0);
    private static final byte[] NO_BODY = new byte[0];

    private final CamelContext context;
    private final String name;
    private final OrgComponent component;
    private final Endpoint endpoint;
    private final DefaultProducerCache producers;

    /** Binds the component {@code salesforce-<connection>} in a context. Makes no request, not even a log-in. */
    public CamelSalesforceTransport(CamelContext context, SalesforceSettings settings, InstantSource clock) {
        this.context = context;
        // A component's name is a URI scheme, which knows no underscore; connections' names have no dot.
        this.name = "salesforce-" + settings.connection().replace('_', '.');
        this.component = new OrgComponent(settings, clock);
        context.addComponent(name, component);
        ServiceHelper.startService(component);
        this.endpoint = context.getEndpoint(name + ":raw?format=JSON");
        this.producers = new DefaultProducerCache(this, context, 1);
        ServiceHelper.startService(producers);
    }

    @Override
    public Reply login() {
        return login(Gate.OPEN);
    }

    @Override
    public Reply login(Gate gate) {
        if (!component.isStarted()) {
            return STOPPED;
        }
        LogIn entry = component.orgSession().enterAnew(gate);
        return entry instanceof LogIn.Granted in ? in.answer() : outside(entry, 0);
    }

    /** Lets credentials that the org refused be tried once more; without it only a changed secret is tried. */
    public void unlock() {
        component.orgSession().unlock();
    }

    @Override
    public Reply send(Request request, String account) {
        return send(request, account, Gate.OPEN);
    }

    @Override
    public Reply send(Request asked, String account, Gate gate) {
        HttpRequest request = HttpRequest.of(asked);
        if (!component.isStarted()) {
            return STOPPED;
        }
        LogIn entry = component.orgSession().enter("", gate);
        if (!(entry instanceof LogIn.Granted in) || !answersFor(account, in)) {
            return outside(entry, 0);
        }
        Reply reply = exchange(request, in, gate);
        int spent = in.answer().requests() + reply.requests();
        if (!(reply instanceof HttpAnswer answer) || answer.status() != 401) {
            return costing(reply, spent);
        }
        return replay(request, account, gate, in.token(), spent);
    }

    /** Once, with a new token. The first attempt was refused, so nothing of it was applied. */
    private Reply replay(HttpRequest request, String account, Gate gate, String expired, int spent) {
        LogIn entry = component.orgSession().enter(expired, gate);
        if (!(entry instanceof LogIn.Granted in) || !answersFor(account, in)) {
            return outside(entry, spent);
        }
        Reply reply = exchange(request, in, gate);
        return costing(reply, spent + in.answer().requests() + reply.requests());
    }

    private static boolean answersFor(String account, LogIn.Granted in) {
        return account.isEmpty() || in.account().regionMatches(0, account, 0, ID);
    }

    private static Reply outside(LogIn entry, int spent) {
        return switch (entry) {
            case LogIn.Granted in ->
                new Reply.NotSent(
                        "account",
                        "the log-in now answers for another account than the run began with",
                        Optional.empty(),
                        spent + in.answer().requests());
            case LogIn.Refused no -> new Reply.NotSent("login", no.detail(), Optional.empty(), spent + no.requests());
            case LogIn.HeldBack held -> new Reply.NotSent(held.reason(), "", Optional.empty(), spent);
            case LogIn.Unavailable later ->
                new Reply.NotSent("refused", later.detail(), later.notBefore(), spent + later.requests());
        };
    }

    private static Reply costing(Reply reply, int requests) {
        return switch (reply) {
            case Reply.Answer answer -> answer.costing(requests);
            case Reply.NotSent not -> new Reply.NotSent(not.reason(), not.detail(), not.notBefore(), requests);
            case Reply.Lost lost -> new Reply.Lost(lost.reason(), requests);
        };
    }

    /** Nobody else is to read what was shown for the answer. */
    private Reply exchange(HttpRequest request, LogIn.Granted in, Gate gate) {
        Reply reply = exchange(new Call(request, in.token(), gate));
        return reply instanceof HttpAnswer answer ? in.veil().hide(answer) : reply;
    }

    /** One exchange with headers of our own alone: what an exchange's headers say overrides the component's options. */
    private Reply exchange(Call call) {
        String number = component.calls().open(call);
        Exchange exchange = endpoint.createExchange();
        exchange.getIn().setHeader("rawMethod", call.request().method().name());
        exchange.getIn().setHeader("rawPath", call.request().path());
        exchange.getIn().setHeader(OpenCalls.HEADER, number);
        if (call.request().body().length() > 0) {
            exchange.getIn().setBody(call.request().body().stream());
        }
        AsyncProducer producer = producers.acquireProducer(endpoint);
        if (producer == null) {
            component.calls().close(number);
            return STOPPED;
        }
        try {
            CompletableFuture<Exchange> done = new CompletableFuture<>();
            call.whenFailed(() -> done.complete(exchange));
            producer.process(exchange, synchronous -> done.complete(exchange));
            Exchange answered = done.get(call.request().timeout().plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
            return call.reply(body(answered));
        } catch (TimeoutException e) {
            return call.givenUp("timeout");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return call.givenUp("interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException("the call has no exceptional end", e);
        } catch (IOException e) {
            return call.givenUp("truncated");
        } finally {
            producers.releaseProducer(endpoint, producer);
            component.calls().close(number);
        }
    }

    /** Read without the context's converters, which are gone while it stops. */
    private static byte[] body(Exchange answered) throws IOException {
        return answered.getIn().getBody() instanceof InputStream stream ? stream.readAllBytes() : NO_BODY;
    }

    /** Stops the component. Revokes nothing: other processes may hold the same token. */
    @Override
    public void close() {
        ServiceHelper.stopService(producers);
        context.getEndpointRegistry()
                .remove(context.getCamelContextExtension().normalizeUri(endpoint.getEndpointUri()));
        ServiceHelper.stopService(endpoint);
        context.removeComponent(name);
    }
}
