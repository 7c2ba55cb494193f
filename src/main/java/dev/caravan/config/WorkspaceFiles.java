package dev.caravan.config;

import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Place;
import dev.caravan.problem.Problem;
import dev.caravan.yaml.YamlReader;
import dev.caravan.yaml.YamlSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a workspace as they are at one moment, sorted by path. Two scans with the same {@link #fingerprint} would
 * load the same.
 *
 * @param sources the readable ones by path
 * @param unreadable what is wrong with the others
 * @param connectors hashes of the workspace's own connectors, which others read, by path
 */
public record WorkspaceFiles(
        SortedMap<String, YamlSource> sources, List<Problem> unreadable, SortedMap<String, String> connectors) {

    static final String CARAVAN = "caravan.yaml";
    static final String SANDBOX = "sandbox.yaml";
    static final String MAPPINGS = "mappings/";
    static final String MODELS = "models/";
    private static final String CONNECTORS = "connectors/";
    private static final String CONNECTOR = "connector.yaml";
    private static final String YAML = ".yaml";
    private static final int MAX_BYTES = 4 * YamlReader.MAX_SIZE;

    /** Reads all files of the workspace in this folder. */
    public static WorkspaceFiles scan(Path root) {
        Collector collector = new Collector(root);
        try {
            collector.single(CARAVAN);
            collector.single(SANDBOX);
            collector.folder(MAPPINGS);
            collector.folder(MODELS);
            collector.connectors();
        } catch (IOException e) {
            throw unreadable(root, e);
        } catch (UncheckedIOException e) {
            throw unreadable(root, e.getCause());
        }
        return new WorkspaceFiles(collector.sources, List.copyOf(collector.unreadable), collector.connectors);
    }

    private static EnvironmentFailure unreadable(Path root, @Nullable IOException cause) {
        String file = cause instanceof FileSystemException known ? known.getFile() : root.toString();
        return new EnvironmentFailure(Problem.of(
                Code.STATE_IO, "the workspace cannot be read: " + file, "check that its files are readable"));
    }

    /** One hash over names and contents of all files. */
    public String fingerprint() {
        StringBuilder all = new StringBuilder();
        sources.forEach((file, source) ->
                all.append(file).append('\n').append(source.hash()).append('\n'));
        connectors.forEach(
                (file, hash) -> all.append(file).append('\n').append(hash).append('\n'));
        unreadable.forEach(problem -> all.append(problem.oneLine()).append('\n'));
        return hash(all.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The files below a folder. */
    List<YamlSource> below(String folder) {
        return sources.values().stream()
                .filter(source -> source.file().startsWith(folder))
                .toList();
    }

    /** A file by its path. */
    Optional<YamlSource> source(String file) {
        return Optional.ofNullable(sources.get(file));
    }

    /** A file's path below its folder without {@code .yaml}. */
    static String name(String file, String folder) {
        return file.substring(folder.length(), file.length() - YAML.length());
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /** Gathers files while folders are walked. */
    private static final class Collector {
        private final Path root;
        private final SortedMap<String, YamlSource> sources = new TreeMap<>();
        private final ArrayList<Problem> unreadable = new ArrayList<>();
        private final SortedMap<String, String> connectors = new TreeMap<>();

        Collector(Path root) {
            this.root = root;
        }

        void single(String file) throws IOException {
            if (Files.isRegularFile(root.resolve(file))) {
                add(file);
            }
        }

        /**
         * Hidden folders are passed over: Kubernetes keeps a second copy of mounted files in one. The folder itself may be a link
         * that a deployment swaps.
         */
        void folder(String folder) throws IOException {
            Path start = root.resolve(folder);
            if (!Files.isDirectory(start)) {
                return;
            }
            Path real = start.toRealPath();
            List<String> files;
            try (Stream<Path> walk = Files.walk(real)) {
                files = walk.filter(Files::isRegularFile)
                        .map(path -> folder + real.relativize(path).toString().replace('\\', '/'))
                        .filter(file -> !file.contains("/."))
                        .sorted()
                        .toList();
            }
            for (String file : files) {
                if (file.endsWith(YAML) && !file.endsWith(".test" + YAML)) {
                    add(file);
                } else if (file.endsWith(".yml")) {
                    refuse(Code.YAML_BAD_VALUE, file, "the file's name ends in .yml", "rename it to end in .yaml");
                }
            }
        }

        /** Whoever reads them says what is wrong with them, also with one that is too large to be one. */
        void connectors() throws IOException {
            Path start = root.resolve(CONNECTORS);
            if (!Files.isDirectory(start)) {
                return;
            }
            try (Stream<Path> folders = Files.list(start)) {
                for (Path folder : folders.toList()) {
                    Path file = folder.resolve(CONNECTOR);
                    if (Files.isRegularFile(file)) {
                        boolean small = Files.size(file) <= MAX_BYTES && Files.isReadable(file);
                        String hash = small ? hash(Files.readAllBytes(file)) : "size " + Files.size(file);
                        connectors.put(CONNECTORS + folder.getFileName() + "/" + CONNECTOR, hash);
                    }
                }
            }
        }

        private void add(String file) throws IOException {
            Path path = root.resolve(file);
            if (Files.size(path) > MAX_BYTES) {
                refuse(Code.YAML_TOO_LARGE, file, "more than 4 MB", "a workspace file is small: split it");
                return;
            }
            byte[] bytes = Files.readAllBytes(path);
            try {
                String text = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
                String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
                sources.put(file, YamlSource.of(file, plain, hash(bytes)));
            } catch (CharacterCodingException e) {
                refuse(Code.YAML_SYNTAX, file, "not UTF-8 text", "save it as UTF-8");
            }
        }

        private void refuse(Code code, String file, String message, String suggestion) {
            unreadable.add(Problem.at(code, Place.ofFile(file), message, suggestion));
        }
    }
}
