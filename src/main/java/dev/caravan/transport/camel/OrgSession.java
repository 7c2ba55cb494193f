package dev.caravan.transport.camel;

import dev.caravan.problem.CaravanException;
import dev.caravan.transport.Gate;
import dev.caravan.transport.camel.TokenEndpoint.Credentials;
import dev.caravan.transport.camel.auth.SingleFlight;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.CamelContext;
import org.apache.camel.component.salesforce.SalesforceHttpClient;
import org.apache.camel.component.salesforce.SalesforceLoginConfig;
import org.apache.camel.component.salesforce.api.SalesforceException;
import org.apache.camel.component.salesforce.internal.SalesforceSession;
import org.jspecify.annotations.Nullable;

/**
 * The token of one org. Differs from its parent in four ways: any number of threads with an expired token cause one log-in; the
 * token is never revoked, since other processes may hold the same one; refused credentials are tried once, not three times, and
 * then not again until {@link #unlock} or until the secret changed; and the secret is read at each log-in.
 */
final class OrgSession extends SalesforceSession {

    private final TokenEndpoint endpoint;
    private final SalesforceSettings settings;
    private final SingleFlight<LogIn> flight = new SingleFlight<>();
    private final AtomicReference<LogIn.@Nullable Granted> granted = new AtomicReference<>();
    private final AtomicReference<@Nullable Credentials> shown = new AtomicReference<>();
    private final AtomicReference<@Nullable LockOut> lockOut = new AtomicReference<>();

    /** Credentials that were refused, and the answer to give for them. */
    private record LockOut(Credentials credentials, LogIn.Refused refused) {}

    OrgSession(
            CamelContext context,
            SalesforceHttpClient client,
            SalesforceLoginConfig config,
            SalesforceSettings settings,
            InstantSource clock) {
        super(context, client, settings.requestTimeout().toMillis(), config);
        this.endpoint = new TokenEndpoint(client, settings, clock);
        this.settings = settings;
    }

    /**
     * A log-in that holds, fresh or remembered; one that was remembered or only waited for cost no request.
     *
     * @param expired the token that was just refused, empty if none was
     */
    LogIn enter(String expired, Gate gate) {
        LogIn entry = flight.get(() -> remembered(expired), () -> logIn(gate), OrgSession::free);
        // Who waited for another's log-in that was held back has a gate of their own.
        return entry instanceof LogIn.HeldBack && gate.closed().isEmpty() ? enter(expired, gate) : entry;
    }

    /** The same for a run that begins: credentials that changed since the last log-in are used from now on. */
    LogIn enterAnew(Gate gate) {
        LogIn.Granted last = granted.get();
        return enter(last != null && changed() ? last.token() : "", gate);
    }

    private boolean changed() {
        try {
            return !credentials().equals(shown.get());
        } catch (CaravanException e) {
            // They cannot be read, so the token is all there is.
            return false;
        }
    }

    private Credentials credentials() {
        String id = settings.clientId().get();
        return switch (settings.proof()) {
            case SalesforceSettings.Proof.Secret proof ->
                new Credentials(id, "", proof.secret().get());
            case SalesforceSettings.Proof.Signed proof ->
                new Credentials(id, proof.username().get(), proof.privateKey().get());
        };
    }

    private @Nullable LogIn remembered(String expired) {
        LogIn.Granted last = granted.get();
        return last == null || last.token().equals(expired) ? null : last.free();
    }

    private LogIn logIn(Gate gate) {
        Credentials credentials;
        try {
            credentials = credentials();
        } catch (CaravanException e) {
            return new LogIn.Refused(e.problems().getFirst().oneLine(), 0);
        }
        LockOut refused = lockOut.get();
        if (refused != null && refused.credentials().equals(credentials)) {
            return refused.refused();
        }
        LogIn result = ask(credentials, gate);
        return switch (result) {
            case LogIn.Granted in -> keep(in, credentials);
            case LogIn.Refused out -> {
                lockOut.set(new LockOut(credentials, new LogIn.Refused(out.detail(), 0)));
                yield out;
            }
            case LogIn.HeldBack held -> held;
            case LogIn.Unavailable later -> later;
        };
    }

    private LogIn ask(Credentials credentials, Gate gate) {
        try {
            return endpoint.ask(credentials, gate);
        } catch (CaravanException e) {
            return new LogIn.Refused(e.problems().getFirst().oneLine(), 0);
        }
    }

    private LogIn keep(LogIn.Granted in, Credentials credentials) {
        try {
            // Tells the raw clients the token and the instance's address.
            parseLoginResponse(in.response(), in.response().getContentAsString());
        } catch (SalesforceException e) {
            return new LogIn.Unavailable("log-in: unreadable answer", Optional.empty(), 1);
        }
        lockOut.set(null);
        shown.set(credentials);
        granted.set(in);
        return in;
    }

    private static LogIn free(LogIn result) {
        return switch (result) {
            case LogIn.Granted in -> in.free();
            case LogIn.Refused out -> new LogIn.Refused(out.detail(), 0);
            case LogIn.HeldBack held -> held;
            case LogIn.Unavailable later -> new LogIn.Unavailable(later.detail(), later.notBefore(), 0);
        };
    }

    /** Lets refused credentials be tried once more. */
    void unlock() {
        lockOut.set(null);
    }

    /** Called by the component's producer when there is no token, which {@link #enter} has seen to before. */
    @Override
    public String login(@Nullable String oldToken) throws SalesforceException {
        if (enter(oldToken == null ? "" : oldToken, Gate.OPEN) instanceof LogIn.Granted) {
            return getAccessToken();
        }
        throw new SalesforceException("log-in failed", 0);
    }

    /** Does nothing: revoking the token would log out every process that shares it. */
    @Override
    public void logout() {}

    @Override
    public void doStart() {}

    @Override
    public void doStop() {}
}
