package dev.caravan.transport;

import java.util.Optional;

/**
 * Sends requests of one connection. Safe for use by many threads; blocks until the answer is there or the request's
 * time-out has passed. Never throws for what the network or the destination does: that is a {@link Reply}. It does not
 * retry, except once after an expired token.
 */
public interface Transport extends AutoCloseable {

    /**
     * Sends one request, with a log-in that answers for this account or not at all: then {@code NotSent("account")}.
     *
     * @param account as the destination reads it out of {@link #login}'s answer; empty for whichever answers
     */
    Reply send(Request request, String account);

    /**
     * The same, unless the gate is closed: then {@code NotSent} with its reason. Who makes more than one request for it asks the gate
     * before each.
     */
    default Reply send(Request request, String account, Gate gate) {
        Optional<String> closed = gate.closed();
        return closed.isPresent() ? new Reply.NotSent(closed.get(), "", Optional.empty(), 0) : send(request, account);
    }

    /**
     * Logs in if that is needed and says which account answers, for example a Salesforce organisation id.
     *
     * @return the log-in's answer body as text in an {@link Reply.Answer}, or why there is none. Cached until the next log-in,
     *     which changed credentials cause
     */
    Reply login();

    /** The same, unless the gate is closed. */
    default Reply login(Gate gate) {
        Optional<String> closed = gate.closed();
        return closed.isPresent() ? new Reply.NotSent(closed.get(), "", Optional.empty(), 0) : login();
    }

    @Override
    void close();
}
