package dev.caravan.deploy;

import static dev.caravan.deploy.Manifests.at;
import static dev.caravan.deploy.Manifests.base;
import static dev.caravan.deploy.Manifests.documents;
import static dev.caravan.deploy.Manifests.list;
import static dev.caravan.deploy.Manifests.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KubernetesTest {

    private static final int CAMELS_OWN_TIMEOUT = 45;
    private static final int TO_CLOSE_THE_STORES = 20;
    private static final Pattern TIMEOUT = Pattern.compile("(?i)shutdown_?(?:timeout|seconds)\\W{1,3}(\\d+)");

    private final Object deployment = base("Deployment");
    private final Object pod = at(deployment, "spec.template.spec");
    private final Object worker = at(pod, "containers.0");

    @Test
    void oneOwnerAtATime() {
        assertThat(at(deployment, "spec.replicas")).isEqualTo(1);
        assertThat(at(deployment, "spec.strategy.type")).isEqualTo("Recreate");
        assertThat(list(pod, "containers")).hasSize(1);
    }

    @Test
    void theGracePeriodOutlastsTheShutdown() throws IOException {
        int grace = (int) at(pod, "terminationGracePeriodSeconds");
        assertThat(grace).isGreaterThan(shutdownTimeout() + TO_CLOSE_THE_STORES);
    }

    @Test
    void thePodIsRestricted() {
        assertThat(at(pod, "securityContext.runAsNonRoot")).isEqualTo(true);
        assertThat((int) at(pod, "securityContext.runAsUser")).isPositive();
        assertThat(at(pod, "securityContext.seccompProfile.type")).isEqualTo("RuntimeDefault");
        assertThat(at(worker, "securityContext.allowPrivilegeEscalation")).isEqualTo(false);
        assertThat(at(worker, "securityContext.readOnlyRootFilesystem")).isEqualTo(true);
        assertThat(list(worker, "securityContext.capabilities.drop")).containsExactly("ALL");
        assertThat(at(worker, "securityContext.capabilities.add")).isNull();
        for (String host : List.of("hostNetwork", "hostPID", "hostIPC")) {
            assertThat(at(pod, host)).as(host).isNull();
        }
        assertThat(texts(list(pod, "volumes"), "hostPath.path")).isEmpty();
        assertThat(at(pod, "automountServiceAccountToken")).isEqualTo(false);
        assertThat(at(base("ServiceAccount"), "automountServiceAccountToken")).isEqualTo(false);
    }

    @Test
    void nativePartsHaveATempFolderTheyCanRunFrom() {
        assertThat(volumeMountedAt("/tmp"))
                .extracting(volume -> at(volume, "emptyDir"))
                .isNotNull();
        assertThat(at(volumeMountedAt("/tmp"), "emptyDir.medium")).isNull();
    }

    @Test
    void probesAskTheManagementPortForHealth() {
        assertThat(at(worker, "livenessProbe.httpGet.path")).isEqualTo("/observe/health/live");
        assertThat(at(worker, "startupProbe.httpGet.path")).isEqualTo("/observe/health/live");
        assertThat(at(worker, "readinessProbe.httpGet.path")).isEqualTo("/observe/health/ready");
        for (String probe : List.of("livenessProbe", "startupProbe", "readinessProbe")) {
            assertThat(at(worker, probe + ".httpGet.port")).isEqualTo("management");
        }
        assertThat(at(worker, "ports.0")).isEqualTo(Map.of("name", "management", "containerPort", 9876));
        assertThat(at(base("Service"), "spec.ports.0.targetPort")).isEqualTo("management");
        assertThat(at(base("NetworkPolicy"), "spec.ingress.0.ports.0.port")).isEqualTo(9876);
        assertThat(list(worker, "args"))
                .containsExactly(
                        "run", "-w", "/workspace", "--management-host", "0.0.0.0", "--management-port", "9876");
    }

    @Test
    void memoryIsBoundedAboveHeapAndEngine() {
        assertThat(at(worker, "resources.limits.memory")).isEqualTo("2Gi");
        assertThat(at(worker, "resources.requests.memory")).isEqualTo(at(worker, "resources.limits.memory"));
        Object workspace = documents(Path.of("k8s/base/workspace/caravan.yaml")).getFirst();
        assertThat(at(workspace, "engine.memory")).isEqualTo("1GB");
    }

    @Test
    void networkIsClosedButForWhatIsNamed() {
        Object policy = base("NetworkPolicy");
        assertThat(list(policy, "spec.policyTypes")).containsExactlyInAnyOrder("Ingress", "Egress");
        for (String direction : List.of("ingress", "egress")) {
            for (Object rule : list(policy, "spec." + direction)) {
                assertThat(list(rule, "ports")).as(direction).isNotEmpty();
                assertThat(list(rule, direction.equals("ingress") ? "from" : "to"))
                        .as(direction)
                        .isNotEmpty();
            }
        }
    }

    @Test
    void everySelectorFindsTheWorkersPods() {
        Object labels = at(deployment, "spec.template.metadata.labels");
        assertThat(labels).isEqualTo(Map.of("app.kubernetes.io/name", "caravan"));
        assertThat(at(deployment, "spec.selector.matchLabels")).isEqualTo(labels);
        assertThat(at(base("Service"), "spec.selector")).isEqualTo(labels);
        assertThat(at(base("NetworkPolicy"), "spec.podSelector.matchLabels")).isEqualTo(labels);
    }

    @Test
    void everythingThatIsMountedExists() {
        List<Object> volumes = list(pod, "volumes");
        assertThat(texts(list(worker, "volumeMounts"), "name"))
                .containsExactlyInAnyOrderElementsOf(texts(volumes, "name"));
        Object kustomization = kustomization("base");
        assertThat(texts(volumes, "configMap.name"))
                .containsExactlyInAnyOrderElementsOf(texts(list(kustomization, "configMapGenerator"), "name"));
        assertThat(texts(volumes, "persistentVolumeClaim.claimName"))
                .containsExactlyInAnyOrderElementsOf(texts(documents(Path.of("k8s/base/state.yaml")), "metadata.name"));
        assertThat(at(pod, "serviceAccountName")).isEqualTo(at(base("ServiceAccount"), "metadata.name"));
    }

    @Test
    void theSecretIsTheOneThatTheExampleMakesAndHasTheKeysAskedFor() throws IOException {
        TreeSet<String> names = new TreeSet<>(texts(list(worker, "env"), "valueFrom.secretKeyRef.name"));
        names.addAll(texts(list(pod, "volumes"), "secret.secretName"));
        assertThat(texts(list(kustomization("overlays/example"), "secretGenerator"), "name"))
                .containsExactlyElementsOf(names);
        List<String> keys = new ArrayList<>(texts(list(worker, "env"), "valueFrom.secretKeyRef.key"));
        keys.addAll(texts(list(volumeMountedAt("/run/secrets/caravan"), "secret.items"), "key"));
        assertThat(Files.readAllLines(Path.of("k8s/overlays/example/secrets.env.example")))
                .extracting(line -> line.substring(0, line.indexOf('=')))
                .containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    void everyFileThatAKustomizationNamesExistsAndNoneIsForgotten() {
        for (String folder : List.of("base", "overlays/example")) {
            Path root = Manifests.FOLDER.resolve(folder);
            Object kustomization = kustomization(folder);
            List<String> named = new ArrayList<>();
            list(kustomization, "resources").forEach(resource -> named.add(resource.toString()));
            list(kustomization, "configMapGenerator")
                    .forEach(generator -> list(generator, "files").forEach(file -> named.add(file.toString())));
            assertThat(named).allSatisfy(file -> assertThat(root.resolve(file)).exists());
            assertThat(Manifests.files(folder).stream()
                            .map(file -> root.relativize(file).toString())
                            .filter(file -> !file.equals("kustomization.yaml")))
                    .as(folder)
                    .allMatch(named::contains, "named by the kustomization");
        }
    }

    private Object volumeMountedAt(String path) {
        String name = list(worker, "volumeMounts").stream()
                .filter(mount -> path.equals(at(mount, "mountPath")))
                .map(mount -> at(mount, "name").toString())
                .findFirst()
                .orElseThrow();
        return list(pod, "volumes").stream()
                .filter(volume -> name.equals(at(volume, "name")))
                .findFirst()
                .orElseThrow();
    }

    private static Object kustomization(String folder) {
        return documents(Manifests.FOLDER.resolve(folder).resolve("kustomization.yaml"))
                .getFirst();
    }

    /** The worker's shutdown time-out in seconds, from wherever the sources define it; Camel's own where they do not. */
    private static int shutdownTimeout() throws IOException {
        TreeSet<Integer> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".java") || name.endsWith(".properties")) {
                    Matcher matcher = TIMEOUT.matcher(Files.readString(file));
                    while (matcher.find()) {
                        found.add(Integer.valueOf(matcher.group(1)));
                    }
                }
            }
        }
        assertThat(found).as("one place defines the shutdown time-out").hasSizeLessThanOrEqualTo(1);
        return found.isEmpty() ? CAMELS_OWN_TIMEOUT : found.first();
    }
}
