package dev.caravan.pipeline;

import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.transport.Reply;

/** Why a log-in came to nothing, told alike by a run and by {@code doctor}: credentials are not blamed where nobody answered. */
public final class LogInFailure {

    private LogInFailure() {}

    /** One that was refused, or never arrived. */
    public static EnvironmentFailure of(String connection, Reply.NotSent reply) {
        String why = reply.detail().isEmpty() ? reply.reason() : reply.detail();
        return switch (reply.reason()) {
            case "login" ->
                failure(
                        Code.DESTINATION_AUTH,
                        "connection " + connection + " was not let in: " + reply.detail(),
                        "correct what it logs in with, and what that may do; nothing was sent");
            case "quota" ->
                failure(
                        Code.DESTINATION_UNREACHABLE,
                        "connection " + connection + " may not even log in: " + why,
                        "nothing was sent, and nothing is wrong; runs go on"
                                + reply.notBefore()
                                        .map(then -> " from " + then)
                                        .orElse(" when there is an allowance again"));
            default ->
                failure(
                        Code.DESTINATION_UNREACHABLE,
                        "connection " + connection + " could not log in: " + why,
                        "check that it can be reached: address, network and proxy; nothing was sent");
        };
    }

    /** One that nobody answered. */
    public static EnvironmentFailure of(String connection, Reply.Lost reply) {
        return failure(
                Code.DESTINATION_UNREACHABLE,
                "connection " + connection + " did not answer its log-in: " + reply.reason(),
                "try again; nothing was sent");
    }

    private static EnvironmentFailure failure(Code code, String message, String suggestion) {
        return new EnvironmentFailure(Problem.of(code, message, suggestion));
    }
}
