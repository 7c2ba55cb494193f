package dev.caravan.config.settings;

import dev.caravan.problem.Place;
import dev.caravan.problem.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One account, database or folder that mappings name. */
public sealed interface Connection {

    /** Its name under {@code connections:}. */
    String name();

    /** The connector it is on. */
    ConnectorKind connector();

    /** Where it is declared. */
    Place place();

    /** A DuckDB database file. */
    record DuckDb(String name, Path path, Place place) implements Connection {
        @Override
        public ConnectorKind connector() {
            return Catalogue.DUCKDB;
        }
    }

    /**
     * A folder whose files are models, and destinations.
     *
     * @param forPeople whether CSV files that are written there may be opened with a spreadsheet
     */
    record Folder(String name, Path path, boolean forPeople, Place place) implements Connection {
        @Override
        public ConnectorKind connector() {
            return Catalogue.FILES;
        }
    }

    /**
     * A connection on any other connector, as that declares it.
     *
     * @param settings the values of its keys, those by default included; a secret is looked up anew each time
     * @param limits as the connection says them; empty where the connector's own hold
     * @param zombieWindow how long a lost request may still land; empty where the connector's own bound holds
     */
    record Declared(
            String name,
            ConnectorKind connector,
            Map<String, Setting> settings,
            Optional<Limits> limits,
            Optional<Duration> zombieWindow,
            Place place)
            implements Connection {

        public Declared {
            settings = Map.copyOf(settings);
        }

        /** The value of a key now; empty where the connection has none. {@code EnvironmentFailure} if it stands elsewhere and is not there. */
        public Optional<String> value(String key) {
            return Optional.ofNullable(settings.get(key)).map(Setting::resolve);
        }

        /** What its settings refer to and is not there now. */
        public List<Problem> missing() {
            return settings.values().stream()
                    .filter(setting -> setting.lookup().isEmpty())
                    .map(Setting::missing)
                    .toList();
        }
    }

    /**
     * A Salesforce organisation.
     *
     * @param proof what a log-in shows beside the client's id
     * @param apiVersion for example {@code v60.0}
     * @param zombieWindow how long a lost request may still land; empty where the connector's own bound holds
     * @param duplicates what becomes of a record that a duplicate rule warns of
     */
    record Salesforce(
            String name,
            Setting loginUrl,
            Setting clientId,
            Proof proof,
            String apiVersion,
            Limits limits,
            Optional<Duration> zombieWindow,
            Duplicates duplicates,
            Place place)
            implements Connection {
        @Override
        public ConnectorKind connector() {
            return Catalogue.SALESFORCE;
        }

        /** Whether duplicate rules are obeyed. */
        public enum Duplicates {
            OBEY,
            BYPASS
        }

        /** How a log-in proves who it is. */
        public sealed interface Proof {

            /** What it refers to. */
            List<Setting> settings();

            /** The client-credentials flow. */
            record ClientSecret(Setting secret) implements Proof {
                @Override
                public List<Setting> settings() {
                    return List.of(secret);
                }
            }

            /**
             * The JWT bearer flow.
             *
             * @param privateKey in PEM
             * @param audience empty for the one that belongs to the log-in's address
             */
            record SignedAssertion(Setting username, Setting privateKey, Optional<String> audience) implements Proof {
                @Override
                public List<Setting> settings() {
                    return List.of(username, privateKey);
                }
            }
        }

        /** Where to log in, looked up now; {@code InvalidInput} if what {@code login_url} refers to is no address. */
        public String address() {
            return Address.of(loginUrl);
        }

        /** What it refers to and is not there now. */
        public List<Problem> missing() {
            return Stream.concat(Stream.of(loginUrl, clientId), proof.settings().stream())
                    .filter(setting -> setting.lookup().isEmpty())
                    .map(Setting::missing)
                    .toList();
        }
    }
}
