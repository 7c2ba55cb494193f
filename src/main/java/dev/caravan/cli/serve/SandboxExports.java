package dev.caravan.cli.serve;

import dev.caravan.config.settings.Connection;
import dev.caravan.config.settings.Setting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What leads a workspace's connections to the sandbox.
 *
 * @param variables those that its connections name, with what to export
 * @param remarks what no variable can change: what stands in caravan.yaml, or in a file
 */
record SandboxExports(Map<String, String> variables, List<String> remarks) {

    private static final Map<String, String> USUAL = Map.of(
            "login_url", "SALESFORCE_LOGIN_URL",
            "client_id", "SALESFORCE_CLIENT_ID",
            "client_secret", "SALESFORCE_CLIENT_SECRET");

    /** Of these connections; where none is on what the sandbox stands in for, the usual names of Salesforce's. */
    static SandboxExports of(Collection<Connection> connections, SandboxAccess access) {
        SandboxExports exports = new SandboxExports(new LinkedHashMap<>(), new ArrayList<>());
        for (Connection connection : inOrder(connections)) {
            Map<String, String> wanted = access.of(connection.connector().name());
            Map<String, Setting> settings = wanted.isEmpty() ? Map.of() : settings(connection);
            wanted.forEach((key, value) -> {
                if (settings.containsKey(key)) {
                    exports.add(connection.name(), key, settings.get(key), value);
                }
            });
            new TreeMap<>(settings).forEach((key, setting) -> {
                if (!wanted.containsKey(key) && setting instanceof Setting.FromEnvironment variable) {
                    exports.remarks()
                            .add(which(connection.name()) + "set " + variable.name() + ", its " + key + ", to any");
                }
            });
        }
        if (exports.variables().isEmpty() && exports.remarks().isEmpty()) {
            access.of("salesforce").forEach((key, value) -> {
                if (USUAL.containsKey(key)) {
                    exports.variables().put(USUAL.get(key), value);
                }
            });
        }
        return exports;
    }

    /** As caravan.yaml has them. */
    private static List<Connection> inOrder(Collection<Connection> connections) {
        return connections.stream()
                .sorted(Comparator.comparingInt(connection -> connection.place().line()))
                .toList();
    }

    private static Map<String, Setting> settings(Connection connection) {
        return switch (connection) {
            case Connection.Declared declared -> declared.settings();
            case Connection.Salesforce org -> {
                Map<String, Setting> settings = new LinkedHashMap<>();
                settings.put("login_url", org.loginUrl());
                settings.put("client_id", org.clientId());
                switch (org.proof()) {
                    case Connection.Salesforce.Proof.ClientSecret proof ->
                        settings.put("client_secret", proof.secret());
                    case Connection.Salesforce.Proof.SignedAssertion proof ->
                        settings.put("username", proof.username());
                }
                yield settings;
            }
            case Connection.DuckDb file -> Map.of();
            case Connection.Folder folder -> Map.of();
        };
    }

    private static String which(String connection) {
        return "connection " + connection + ": ";
    }

    private void add(String connection, String key, Setting setting, String value) {
        String which = which(connection);
        switch (setting) {
            case Setting.FromEnvironment variable -> {
                String other = variables.putIfAbsent(variable.name(), value);
                if (other != null && !other.equals(value)) {
                    remarks.add(which + "needs " + value + " in another variable than " + variable.name());
                }
            }
            case Setting.Literal literal -> {
                if (!literal.text().equals(value)) {
                    remarks.add(which + "write " + key + ": " + value);
                }
            }
            case Setting.FromFile file -> remarks.add(which + file.source() + " must hold " + value);
        }
    }
}
