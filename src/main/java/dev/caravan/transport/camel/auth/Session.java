package dev.caravan.transport.camel.auth;

import dev.caravan.problem.CaravanException;
import dev.caravan.transport.Gate;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The log-in of one connection. Safe for many threads: any number of them that want a log-in cause one. Refused credentials are shown
 * once, and then not again until {@link #unlock} or until one of them changed. What is not known to be refused is asked again by
 * whoever comes next.
 */
public final class Session {

    /** How long before its end a token is no longer used: a tenth of its life, and no more than this. */
    private static final Duration LONGEST_SKEW = Duration.ofMinutes(1);

    private final Auth auth;
    private final Function<Map<String, String>, String> base;
    private final Wire wire;
    private final InstantSource clock;
    private final Optional<TokenFlow> flow;
    private final SingleFlight<LogIn> flight = new SingleFlight<>();
    private final AtomicLong last = new AtomicLong();
    /** The newest log-in whose account is known; and the newest of all, which may be a step ahead. */
    private final AtomicReference<LogIn.@Nullable Granted> complete = new AtomicReference<>();

    private final AtomicReference<LogIn.@Nullable Granted> newest = new AtomicReference<>();
    private final AtomicReference<@Nullable Shown> shown = new AtomicReference<>();
    private final AtomicReference<@Nullable LockOut> lockOut = new AtomicReference<>();

    /** Credentials that were refused, and the answer to give for them. */
    private record LockOut(Shown shown, LogIn.Refused refused) {}

    /**
     * Makes no request.
     *
     * @param connection its name, for the token store
     * @param base where requests go, given what the log-in's answer brought
     */
    public Session(
            String connection,
            Auth auth,
            Function<Map<String, String>, String> base,
            Wire wire,
            TokenStore store,
            InstantSource clock) {
        this.auth = auth;
        this.base = base;
        this.wire = wire;
        this.clock = clock;
        this.flow = auth.credentials() instanceof Credentials.Exchanged exchanged
                ? Optional.of(
                        new TokenFlow(exchanged, wire, clock, auth.timeout(), new RefreshTokens(connection, store)))
                : Optional.empty();
    }

    /**
     * A log-in that holds, fresh or remembered; one that was remembered or only waited for cost no request.
     *
     * @param expired the number of the log-in that was just refused, 0 if none was
     */
    public LogIn enter(long expired, Gate gate) {
        LogIn entry = flight.get(() -> remembered(expired), () -> logIn(expired, gate), result -> result.costing(0));
        // Who waited for another's log-in that was held back has a gate of their own.
        return entry instanceof LogIn.HeldBack && gate.closed().isEmpty() ? enter(expired, gate) : entry;
    }

    /** The same for a run that begins: secrets that changed since the last log-in are used from now on. */
    public LogIn enterAnew(Gate gate) {
        LogIn.Granted in = newest.get();
        return enter(in != null && changed() ? in.number() : 0, gate);
    }

    /** Whether another log-in can bring anything else: a token that somebody made by hand is what it is. */
    public boolean renewable() {
        return flow.isPresent() || changed();
    }

    /** Lets refused credentials be tried once more. */
    public void unlock() {
        lockOut.set(null);
    }

    private boolean changed() {
        try {
            return !Objects.equals(Shown.read(auth.secrets()), shown.get());
        } catch (CaravanException e) {
            // They cannot be read, so what there is is all there is.
            return false;
        }
    }

    private @Nullable LogIn remembered(long expired) {
        LogIn.Granted in = complete.get();
        return in == null || !holds(in, expired) ? null : in.costing(0);
    }

    private boolean holds(LogIn.Granted in, long expired) {
        boolean due = in.renewAt().isPresent()
                && !clock.instant().isBefore(in.renewAt().get());
        return in.number() > expired && !due;
    }

    private LogIn logIn(long expired, Gate gate) {
        try {
            LogIn.Granted in = newest.get();
            return in != null && holds(in, expired) ? withAccount(in.costing(0), gate) : anew(gate);
        } catch (CaravanException e) {
            return new LogIn.Refused(e.problems().getFirst().oneLine(), 0);
        }
    }

    private LogIn anew(Gate gate) {
        Shown now = Shown.read(auth.secrets());
        LockOut refused = lockOut.get();
        if (refused != null && refused.shown().equals(now)) {
            return refused.refused();
        }
        LogIn entry = flow.isPresent() ? exchanged(flow.get().ask(now, gate), now) : fixed(now);
        if (entry instanceof LogIn.Refused no) {
            lockOut.set(new LockOut(now, no.costing(0)));
        }
        if (!(entry instanceof LogIn.Granted in)) {
            return entry;
        }
        lockOut.set(null);
        shown.set(now);
        newest.set(in);
        return withAccount(in, gate);
    }

    private LogIn fixed(Shown now) {
        Access access = auth.credentials() instanceof Credentials.Fixed fixed
                ? Proofs.fixed(fixed, now)
                : new Access(Map.of(), "", Optional.empty(), Veil.NONE);
        return granted(Proofs.with(access, auth, now), Map.of(), Optional.empty(), 0);
    }

    private LogIn exchanged(TokenFlow.Result result, Shown now) {
        return result.granted()
                .map(in -> granted(
                        Proofs.with(Proofs.token(use(), in.token()), auth, now),
                        in.captured(),
                        in.lifetime().map(this::renewAt),
                        in.requests()))
                .orElseGet(result::otherwise);
    }

    private TokenEndpoint.Use use() {
        return auth.credentials() instanceof Credentials.Exchanged exchanged
                ? exchanged.endpoint().use()
                : TokenEndpoint.Use.BEARER;
    }

    private Instant renewAt(Duration lifetime) {
        Duration tenth = lifetime.dividedBy(10);
        return clock.instant().plus(lifetime).minus(tenth.compareTo(LONGEST_SKEW) < 0 ? tenth : LONGEST_SKEW);
    }

    private LogIn granted(Access access, Map<String, String> captured, Optional<Instant> renewAt, int requests) {
        Optional<Address> target = Address.read(base.apply(captured));
        boolean safe = target.isPresent() && (target.get().secure() || !exchangedInSecret());
        if (!safe) {
            return new LogIn.Unavailable(
                    "log-in: the answer names no address that may be asked, or one without TLS",
                    Optional.empty(),
                    requests);
        }
        String path = target.get().path();
        String whole = target.get().base() + (path.equals("/") ? "" : path);
        return new LogIn.Granted(last.incrementAndGet(), access, whole, "", captured, renewAt, requests);
    }

    private boolean exchangedInSecret() {
        return auth.credentials() instanceof Credentials.Exchanged exchanged
                && Address.of(exchanged.endpoint().address()).secure();
    }

    private LogIn withAccount(LogIn.Granted in, Gate gate) {
        LogIn entry = switch (auth.account()) {
            case AccountSource.Told told -> in.answeringFor(told.account().apply(in.captured()), in.requests());
            case AccountSource.Asked asked -> ask(asked, in, gate);
        };
        if (entry instanceof LogIn.Granted known) {
            complete.set(known);
        }
        return entry;
    }

    private LogIn ask(AccountSource.Asked asked, LogIn.Granted in, Gate gate) {
        Optional<HttpRequest> request = asked.request().under(in.captured());
        if (request.isEmpty()) {
            return new LogIn.Refused("the log-in's answer lacks what requests need of it", in.requests());
        }
        Reply reply = wire.send(in.base(), in.on(request.get(), clock.instant()), gate);
        int spent = in.requests() + reply.requests();
        return switch (reply) {
            case HttpAnswer answer -> judge(asked, in, in.hiding(answer), spent, gate);
            case Reply.NotSent not
            when not.reason().equals("refused") ->
                new LogIn.Unavailable(
                        "no connection to " + in.base() + " (" + not.detail() + ")", not.notBefore(), spent);
            case Reply.NotSent not -> new LogIn.HeldBack(not.reason(), spent);
            case Reply.Lost lost ->
                new LogIn.Unavailable(
                        "which account answers: no answer (" + lost.reason() + ")", Optional.empty(), spent);
            case Reply.Answer foreign -> throw new IllegalStateException("a wire of HTTP answers by HTTP");
        };
    }

    private LogIn judge(AccountSource.Asked asked, LogIn.Granted in, HttpAnswer answer, int spent, Gate gate) {
        int status = answer.status();
        if (answer.ok() && !auth.expired().test(answer)) {
            Optional<String> account = asked.account().apply(answer).filter(name -> !name.isBlank());
            return account.<LogIn>map(name -> in.answeringFor(name, spent))
                    .orElseGet(() -> new LogIn.Refused("the answer does not tell which account answers", spent));
        }
        if (auth.expired().test(answer) && in.requests() == 0 && flow.isPresent()) {
            LogIn fresh = anew(gate);
            return fresh.costing(spent + fresh.requests());
        }
        if (status == 429 || status == 408 || status >= 500) {
            return new LogIn.Unavailable(
                    "which account answers: status " + status, RetryAfter.of(answer, clock.instant()), spent);
        }
        return new LogIn.Refused("which account answers: status " + status, spent);
    }
}
