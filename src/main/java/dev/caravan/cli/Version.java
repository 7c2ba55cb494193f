package dev.caravan.cli;

import picocli.CommandLine.IVersionProvider;

/** The version, from the jar's manifest. */
final class Version implements IVersionProvider {

    static String text() {
        String version = Caravan.class.getPackage().getImplementationVersion();
        return version == null ? "unpacked" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            "caravan " + text(), "Java " + Runtime.version() + " on " + System.getProperty("os.name"),
        };
    }
}
