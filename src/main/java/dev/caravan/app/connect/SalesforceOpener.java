package dev.caravan.app.connect;

import dev.caravan.config.settings.Connection.Salesforce;
import dev.caravan.connector.salesforce.DuplicateRules;
import dev.caravan.connector.salesforce.SalesforceDestination;
import dev.caravan.connector.salesforce.SalesforceLimits;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.transport.camel.CamelSalesforceTransport;
import dev.caravan.transport.camel.SalesforceSettings;
import java.time.Duration;

/** Opens connections to Salesforce. */
public final class SalesforceOpener implements Opener<Salesforce> {

    private static final Duration LOGIN_TIMEOUT = Duration.ofSeconds(30);
    /** What Salesforce shows as the origin of our changes. */
    private static final String CLIENT = "caravan";

    @Override
    public Opened open(Salesforce org, Surroundings surroundings) {
        org.missing().stream().findFirst().ifPresent(problem -> {
            throw new EnvironmentFailure(problem);
        });
        SalesforceDestination destination = new SalesforceDestination(
                version(org),
                CLIENT,
                SalesforceLimits.DEFAULT,
                org.zombieWindow().orElse(SalesforceDestination.LONGEST_CALL),
                switch (org.duplicates()) {
                    case OBEY -> DuplicateRules.OBEY;
                    case BYPASS -> DuplicateRules.BYPASS;
                });
        CamelSalesforceTransport transport = new CamelSalesforceTransport(
                surroundings.camel(),
                new SalesforceSettings(
                        org.name(),
                        org.address(),
                        org.clientId()::resolve,
                        proof(org.proof()),
                        version(org),
                        LOGIN_TIMEOUT,
                        org.limits().concurrency()),
                surroundings.clock());
        return new Opened(destination, transport, ConnectionUse.of(org.limits()));
    }

    private static SalesforceSettings.Proof proof(Salesforce.Proof proof) {
        return switch (proof) {
            case Salesforce.Proof.ClientSecret client -> new SalesforceSettings.Proof.Secret(client.secret()::resolve);
            case Salesforce.Proof.SignedAssertion signed ->
                new SalesforceSettings.Proof.Signed(
                        signed.username()::resolve, signed.privateKey()::resolve, signed.audience());
        };
    }

    /** The file writes {@code v60.0} as Salesforce's paths do. */
    private static String version(Salesforce org) {
        return org.apiVersion().startsWith("v") ? org.apiVersion().substring(1) : org.apiVersion();
    }
}
