package dev.caravan.transport.camel.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.transport.Body;
import dev.caravan.transport.Gate;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import dev.caravan.transport.Transport;
import dev.caravan.transport.camel.auth.LogIn;
import dev.caravan.transport.camel.auth.Session;
import dev.caravan.transport.camel.auth.TokenStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;

/**
 * Requests to one account on an HTTP API through camel-http. Thread-safe. An answer that says that a token has expired causes one log-in,
 * shared by all who need it, and one replay, if the request as a whole was refused; nothing else is ever sent twice. A request carries the proof of the
 * log-in that was looked at for it, so that nobody else's log-in in between can send it to another account. Each request, of a log-in too,
 * asks the gate when it would leave. What an answer quotes of the connection's secrets is taken out of it before anybody reads it.
 */
public final class CamelHttpTransport implements Transport {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Reply STOPPED = new Reply.NotSent("stopped", "", Optional.empty(), 0);

    private static final Reply LACKING =
            new Reply.NotSent("login", "the log-in's answer lacks what requests need of it", Optional.empty(), 0);

    private final HttpSettings settings;
    private final CamelWire wire;
    private final Session session;
    private final InstantSource clock;

    /**
     * Binds the component {@code http-<connection>} in a context. Makes no request, not even a log-in. Proxies and
     * trusted certificates are those of the system's settings.
     *
     * @param store where a refresh token that took the place of the configured one is kept
     */
    public CamelHttpTransport(CamelContext context, HttpSettings settings, TokenStore store, InstantSource clock) {
        this(context, settings, store, clock, Surroundings.system());
    }

    CamelHttpTransport(
            CamelContext context,
            HttpSettings settings,
            TokenStore store,
            InstantSource clock,
            Surroundings surroundings) {
        this.settings = settings;
        this.clock = clock;
        this.wire = new CamelWire(context, settings, surroundings);
        this.session = new Session(settings.connection(), settings.auth(), settings.base(), wire, store, clock);
    }

    @Override
    public Reply login() {
        return login(Gate.OPEN);
    }

    /** The answer's body is {@code {"account": "…", "login": {…}}}: which account answers, and what the token answer brought. */
    @Override
    public Reply login(Gate gate) {
        if (!wire.isOpen()) {
            return STOPPED;
        }
        LogIn entry = session.enterAnew(gate);
        return entry instanceof LogIn.Granted in ? answer(in) : entry.notSent(entry.requests());
    }

    private static HttpAnswer answer(LogIn.Granted in) {
        ObjectNode body = JSON.createObjectNode().put("account", in.account());
        ObjectNode captured = body.putObject("login");
        in.captured().forEach(captured::put);
        Map<String, List<String>> headers = Map.of("content-type", List.of("application/json"));
        return new HttpAnswer(200, headers, Body.of(body.toString()), in.requests());
    }

    /** Lets credentials that were refused be tried once more; without it only a changed secret is tried. */
    public void unlock() {
        session.unlock();
    }

    @Override
    public Reply send(Request request, String account) {
        return send(request, account, Gate.OPEN);
    }

    @Override
    public Reply send(Request asked, String account, Gate gate) {
        HttpRequest request = HttpRequest.of(asked);
        if (!wire.isOpen()) {
            return STOPPED;
        }
        LogIn entry = session.enter(0, gate);
        int spent = entry.requests();
        if (!(entry instanceof LogIn.Granted in) || !answersFor(account, in)) {
            return entry.notSent(spent);
        }
        Reply reply = send(request, in, gate);
        spent += reply.requests();
        return reply instanceof HttpAnswer answer && expired(request, answer)
                ? replay(request, account, gate, in.number(), spent)
                : costing(reply, spent);
    }

    private boolean expired(HttpRequest request, HttpAnswer answer) {
        return settings.auth().expired().test(answer) && request.mayFollow(answer) && session.renewable();
    }

    /** Once, with a new log-in. The first attempt was refused, so nothing of it was applied. */
    private Reply replay(HttpRequest request, String account, Gate gate, long expired, int spentBefore) {
        LogIn entry = session.enter(expired, gate);
        int spent = spentBefore + entry.requests();
        if (!(entry instanceof LogIn.Granted in) || !answersFor(account, in)) {
            return entry.notSent(spent);
        }
        Reply reply = send(request, in, gate);
        return costing(reply, spent + reply.requests());
    }

    /** Nobody reads what an answer quotes of our secrets. */
    private Reply send(HttpRequest request, LogIn.Granted in, Gate gate) {
        Reply reply = request.under(in.captured())
                .map(whole -> wire.send(in.base(), in.on(whole, clock.instant()), gate))
                .orElse(LACKING);
        return reply instanceof HttpAnswer answer ? in.hiding(answer) : reply;
    }

    private static boolean answersFor(String account, LogIn.Granted in) {
        return account.isEmpty() || in.account().equals(account);
    }

    private static Reply costing(Reply reply, int requests) {
        return switch (reply) {
            case Reply.Answer answer -> answer.costing(requests);
            case Reply.NotSent not -> new Reply.NotSent(not.reason(), not.detail(), not.notBefore(), requests);
            case Reply.Lost lost -> new Reply.Lost(lost.reason(), requests);
        };
    }

    /** Stops the component. Revokes nothing: other processes may hold the same token. */
    @Override
    public void close() {
        wire.close();
    }
}
