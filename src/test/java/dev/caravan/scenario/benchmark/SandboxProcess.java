package dev.caravan.scenario.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code caravan sandbox} in a process of its own, so that a million records are not in the heap that is measured. */
record SandboxProcess(Process process, String url) implements AutoCloseable {

    private static final Pattern URL = Pattern.compile("SALESFORCE_LOGIN_URL=(\\S+)");

    static SandboxProcess start(Path workspace) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx6g",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "dev.caravan.cli.Caravan",
                        "-w",
                        workspace.toString(),
                        "sandbox")
                .redirectErrorStream(true)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        BufferedReader said = process.inputReader();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            Matcher url = URL.matcher(line);
            if (url.find()) {
                return new SandboxProcess(process, url.group(1));
            }
        }
        throw new IOException("the sandbox ended before it said where it listens");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
