package dev.caravan.transport.file;

import static dev.caravan.transport.file.FileBed.row;
import static dev.caravan.transport.file.FileBed.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.mapping.TargetKey;
import dev.caravan.row.Value;
import dev.caravan.transport.Gate;
import dev.caravan.transport.Reply;
import dev.caravan.transport.StoreAnswer;
import dev.caravan.transport.StoreAnswer.Effect;
import dev.caravan.transport.StoreAnswer.Place;
import dev.caravan.transport.StoreAnswer.Refusal;
import dev.caravan.transport.StoreAnswer.Refused;
import dev.caravan.transport.StoreRequest;
import dev.caravan.transport.StoreRequest.Change;
import dev.caravan.transport.StoreRequest.Mode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublisherTest {

    private static final String FILE = "x.csv";

    private FileBed bed;

    @BeforeEach
    void folder(@TempDir Path root) throws IOException {
        bed = new FileBed(root);
    }

    /** Ends before its n-th operation, or after it, as a process does that is killed. */
    private static final class Dying implements Disk {

        private final Disk disk = new Disk.Real();
        private final boolean after;
        private int left;

        Dying(int operations, boolean after) {
            this.left = operations;
            this.after = after;
        }

        private interface Operation {
            void run() throws IOException;
        }

        private void alive(Operation operation) throws IOException {
            left--;
            if (left < 0 || (left == 0 && !after)) {
                throw new Killed();
            }
            operation.run();
            if (left == 0) {
                throw new Killed();
            }
        }

        @Override
        public void force(Path path) throws IOException {
            alive(() -> disk.force(path));
        }

        @Override
        public void write(Path file, byte[] bytes) throws IOException {
            // A kill may leave half of a file.
            alive(() -> disk.write(file, left == 0 ? java.util.Arrays.copyOf(bytes, bytes.length / 2) : bytes));
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            alive(() -> disk.rename(from, to));
        }

        @Override
        public void delete(Path file) throws IOException {
            alive(() -> disk.delete(file));
        }
    }

    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void aKillAtAnyPointLeavesAFileThatItsManifestNamesAndARepeatWithoutDuplicates() throws IOException {
        int published = 0;
        int not = 0;
        int points = 0;
        for (boolean finished = false; !finished; points++) {
            for (boolean after : List.of(false, true)) {
                String file = "k" + points + after + ".csv";
                bed.publish(file, Mode.APPEND, row(1, "a", "b"));
                String before = bed.text(file);
                Change change = bed.change(Mode.APPEND, row(2, "a", "c"));
                try {
                    send(bed.transport(new Dying(points + 1, after)), file, change);
                    finished = true;
                } catch (Killed killed) {
                    assertNamed(file);
                }
                boolean wasPublished = !bed.text(file).equals(before);
                published += wasPublished ? 1 : 0;
                not += wasPublished ? 0 : 1;
                assertThat(FileBed.effects(send(bed.transport(), file, change)))
                        .containsExactly(wasPublished ? Effect.REPEATED : Effect.CREATED);
                assertThat(bed.text(file)).isEqualTo(before + "2,c,dedupe-2\n");
                assertNamed(file);
                assertThat(bed.manifest(file).next()).isEmpty();
                assertThat(bed.manifest(file).number()).isEqualTo(2);
            }
        }
        assertThat(points).isGreaterThan(10);
        assertThat(published).isGreaterThan(4);
        assertThat(not).isGreaterThan(10);
    }

    /** The file is one of the generations that its manifest names. */
    private void assertNamed(String file) throws IOException {
        Manifest manifest = bed.manifest(file);
        String hash = Hashes.sha256(bed.file(file));
        assertThat(List.of(manifest.current(), manifest.next()))
                .anyMatch(
                        named -> named.filter(generation -> generation.sha256().equals(hash))
                                .isPresent());
    }

    @Test
    void manyPublicationsAtOnceLoseNothing() throws Exception {
        int writers = 8;
        try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
            List<Callable<Reply>> all = IntStream.range(0, writers)
                    .<Callable<Reply>>mapToObj(i -> () -> send(
                            bed.transport(),
                            FILE,
                            new Change(
                                    Mode.UPSERT,
                                    "b" + i,
                                    TargetKey.of("id"),
                                    List.of(row(i, "w", i), row("last", "w", i)))))
                    .toList();
            for (Future<Reply> reply : threads.invokeAll(all)) {
                assertThat(FileBed.effects(reply.get())).hasSize(2);
            }
        }
        assertThat(bed.text(FILE).lines()).hasSize(1 + writers + 1);
        assertThat(bed.manifest(FILE).number()).isEqualTo(writers);
    }

    @Test
    void aPublicationOfAnotherProcessIsNotWaitedFor() throws Exception {
        bed.publish(FILE, Mode.UPSERT, row(1));
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        Files.writeString(bed.folder().resolveSibling("Hold.java"), """
                                import java.nio.channels.FileChannel;
                                import java.nio.file.*;
                                class Hold {
                                    public static void main(String[] args) throws Exception {
                                        try (var file = FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE);
                                                var lock = file.lock()) {
                                            System.out.println("held");
                                            System.in.read();
                                        }
                                    }
                                }
                                """)
                                .toString(),
                        bed.file(".x.csv.lock").toString())
                .start();
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("held");
            assertThat(send(bed.transport(), FILE, bed.change(Mode.UPSERT, row(2))))
                    .isInstanceOfSatisfying(
                            Reply.NotSent.class, not -> assertThat(not.reason()).isEqualTo("busy"));
        } finally {
            other.destroyForcibly().waitFor();
        }
        assertThat(bed.publish(FILE, Mode.UPSERT, row(2))).containsExactly(Effect.CREATED);
    }

    @Test
    void theManifestSaysWhatTheFileHolds() throws IOException {
        bed.publish(FILE, Mode.UPSERT, row(1, "a", "b"), row(2, "a", "c"));
        Generation only = bed.manifest(FILE).current().orElseThrow();
        assertThat(only.rows()).isEqualTo(2);
        assertThat(only.bytes()).isEqualTo(Files.size(bed.file(FILE)));
        assertThat(only.columns()).containsExactly("id", "a");
        assertThat(only.key()).contains("id");
        assertThat(bed.text("x.csv.manifest.json"))
                .contains("\"format\" : \"csv\"")
                .doesNotContain("next");
    }

    /** Nobody may take for written what was left out when it was written. */
    @Test
    void aRepetitionSaysOfEachRowWhatBecameOfIt() throws IOException {
        bed.publish("x.parquet", Mode.UPSERT, row(1, "a", new Value.Decimal(new BigDecimal("0.5"))));
        Value fine = new Value.Decimal(new BigDecimal("0." + "1".repeat(19)));
        Change upsert = bed.change(Mode.UPSERT, row(1, "a", Value.ofNull()), row(2, "a", fine), row(3));
        assertThat(twice("x.parquet", upsert)).containsExactly(Effect.REPEATED, Effect.UNFIT, Effect.REPEATED);

        for (String file : List.of("x.csv", "x.jsonl", "y.parquet")) {
            bed.publish(file, Mode.UPSERT, row(1, "a", "b"), row(4));
            assertThat(twice(file, bed.change(Mode.UPSERT, row(2, "a", "c"), row(2, "a", "d"))))
                    .as(file)
                    .containsExactly(Effect.REPEATED, Effect.UNFIT);
            assertThat(twice(file, bed.change(Mode.UPDATE, row(1, "a", "c"), row(9, "a", "d"))))
                    .as(file)
                    .containsExactly(Effect.REPEATED, Effect.ABSENT);
            assertThat(twice(file, bed.change(Mode.DELETE, row(4), row(9))))
                    .as(file)
                    .containsExactly(Effect.REPEATED, Effect.REPEATED);
            assertThat(bed.manifest(file).number()).isEqualTo(4);
        }
    }

    private List<Effect> twice(String file, Change change) throws IOException {
        send(bed.transport(), file, change);
        byte[] once = Files.readAllBytes(bed.file(file));
        List<Effect> effects = FileBed.effects(send(bed.transport(), file, change));
        assertThat(Files.readAllBytes(bed.file(file))).isEqualTo(once);
        return effects;
    }

    @Test
    void whatChangesNothingPublishesNothing() throws IOException {
        bed.publish(FILE, Mode.UPSERT, row(1));
        assertThat(bed.publish(FILE, Mode.DELETE, row(2))).containsExactly(Effect.ABSENT);
        assertThat(bed.manifest(FILE).number()).isEqualTo(1);
    }

    @Test
    void aFileThatIsGoneIsNotMadeAnewOfAFewChanges() throws IOException {
        bed.publish(FILE, Mode.UPSERT, row(1), row(2));
        Files.delete(bed.file(FILE));
        assertRefused(Refusal.OBJECT, bed.change(Mode.UPSERT, row(3)));
        assertThat(bed.file(FILE)).doesNotExist();
        assertThat(bed.publish(FILE, Mode.APPEND, row(3))).containsExactly(Effect.CREATED);
    }

    @Test
    void rowsAreKnownByTheColumnThatTheyWereKnownBy() {
        bed.publish(FILE, Mode.UPSERT, row(1, "mail", "a@example.org"));
        assertRefused(
                Refusal.COLUMN, new Change(Mode.UPSERT, "b", TargetKey.of("mail"), List.of(row("a@example.org"))));
    }

    @Test
    void noNameLeavesTheFolder() {
        for (String name : List.of("../x.csv", "/etc/x.csv", ".x.csv", "a/b.csv", "a\\b.csv", "x.txt")) {
            assertThat(send(bed.transport(), name, bed.change(Mode.UPSERT, row(1))))
                    .isInstanceOfSatisfying(
                            StoreAnswer.class,
                            answer -> assertThat(answer.told())
                                    .isInstanceOfSatisfying(
                                            Refused.class,
                                            no -> assertThat(no.code()).isEqualTo(Refusal.NAME)));
        }
    }

    private void assertRefused(Refusal refusal, Change change) {
        assertThat(((StoreAnswer) send(bed.transport(), FILE, change)).told())
                .isInstanceOfSatisfying(
                        Refused.class, no -> assertThat(no.code()).isEqualTo(refusal));
    }

    @Test
    void theNextGenerationHasTheRightsOfThePresentOne() throws IOException {
        bed.publish(FILE, Mode.UPSERT, row(1));
        Files.setPosixFilePermissions(bed.file(FILE), PosixFilePermissions.fromString("rw-rw----"));
        bed.publish(FILE, Mode.UPSERT, row(2));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(bed.file(FILE))))
                .isEqualTo("rw-rw----");
    }

    @Test
    void theFolderIsTheAccount() throws IOException {
        Place place = (Place) ((StoreAnswer) bed.transport().login()).told();
        Path link = Files.createSymbolicLink(bed.folder().resolveSibling("link"), bed.folder());
        FileTransport linked = new FileTransport(link, new FileSettings("256MB", 1, link), () -> null);
        assertThat(linked.login()).isEqualTo(StoreAnswer.of(place));
        StoreRequest look = StoreRequest.look(FILE, FileBed.PATIENCE);
        assertThat(bed.transport().send(look, place.id())).isInstanceOf(StoreAnswer.class);
        assertThat(bed.transport().send(look, "folder-other"))
                .isEqualTo(new Reply.NotSent("account", "its path leads to another folder now", Optional.empty(), 0));
        Files.delete(bed.folder());
        assertThat(bed.transport().login()).isInstanceOf(Reply.NotSent.class);
    }

    @Test
    void aClosedGateLetsNothingThrough() {
        Gate closed = () -> Optional.of("paused");
        StoreRequest publish = StoreRequest.publish(FILE, bed.change(Mode.UPSERT, row(1)), FileBed.PATIENCE);
        assertThat(bed.transport().send(publish, "", closed))
                .isInstanceOfSatisfying(
                        Reply.NotSent.class, not -> assertThat(not.reason()).isEqualTo("paused"));
        assertThat(bed.file(FILE)).doesNotExist();
    }
}
