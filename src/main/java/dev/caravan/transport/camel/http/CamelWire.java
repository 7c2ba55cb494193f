package dev.caravan.transport.camel.http;

import dev.caravan.transport.Gate;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Reply;
import dev.caravan.transport.camel.auth.Wire;
import java.util.Optional;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.cache.DefaultProducerCache;
import org.apache.camel.support.service.ServiceHelper;

/** Puts each call into an exchange of its own and takes the reply out of it. */
final class CamelWire implements Wire, AutoCloseable {

    private static final Reply STOPPED = new Reply.NotSent("stopped", "", Optional.empty(), 0);

    private final CamelContext context;
    private final String name;
    private final WireComponent component;
    private final Endpoint endpoint;
    private final DefaultProducerCache producers;
    private final HttpSettings settings;

    CamelWire(CamelContext context, HttpSettings settings, Surroundings surroundings) {
        this.context = context;
        this.settings = settings;
        // A component's name is a URI scheme, which knows no underscore; connections' names have no dot.
        this.name = "http-" + settings.connection().replace('_', '.');
        this.component = new WireComponent(settings, surroundings);
        context.addComponent(name, component);
        ServiceHelper.startService(component);
        this.endpoint = context.getEndpoint(name + ":wire");
        this.producers = new DefaultProducerCache(this, context, 1);
        ServiceHelper.startService(producers);
    }

    boolean isOpen() {
        return component.isStarted();
    }

    /** Where a connection turns out to be spoilt before anything left, another one is used: there are no more than so many. */
    @Override
    public Reply send(String base, HttpRequest request, Gate gate) {
        if (!request.path().chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw new IllegalArgumentException("a path that its connector has not encoded");
        }
        Call call = new Call(base, request, gate, settings.longestAnswer());
        Reply reply = exchange(call);
        for (int spoilt = 0; call.canStartAgain() && spoilt <= settings.concurrency(); spoilt++) {
            call = new Call(base, request, gate, settings.longestAnswer());
            reply = exchange(call);
        }
        return reply;
    }

    private Reply exchange(Call call) {
        AsyncProducer producer = isOpen() ? producers.acquireProducer(endpoint) : null;
        if (producer == null) {
            return STOPPED;
        }
        try {
            Exchange exchange = endpoint.createExchange();
            exchange.getIn().setBody(call);
            producer.process(exchange, synchronous -> {});
            return call.reply(exchange.getException());
        } finally {
            producers.releaseProducer(endpoint, producer);
        }
    }

    /** Stops the component and closes its connections; what is still under way is lost. */
    @Override
    public void close() {
        ServiceHelper.stopService(producers);
        context.getEndpointRegistry()
                .remove(context.getCamelContextExtension().normalizeUri(endpoint.getEndpointUri()));
        ServiceHelper.stopService(endpoint);
        context.removeComponent(name);
    }
}
