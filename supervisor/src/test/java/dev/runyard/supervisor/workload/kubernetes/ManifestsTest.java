package dev.runyard.supervisor.workload.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/// The manifests that come with Runyard say what the API knows, and fit together.
final class ManifestsTest {
    private static final Path FOLDER = Path.of("..", "deploy", "kubernetes");
    private static final List<HasMetadata> RESOURCES = new ArrayList<>();

    @BeforeAll
    static void read() throws IOException {
        Map<String, List<String>> kustomization =
                new Yaml().load(Files.readString(FOLDER.resolve("kustomization.yaml")));
        for (String file : Objects.requireNonNull(kustomization.get("resources"))) {
            for (Object document : new Yaml().loadAll(Files.readString(FOLDER.resolve(file)))) {
                RESOURCES.add(Serialization.unmarshal(new Yaml().dump(document)));
            }
        }
    }

    @Test
    void holdNothingThatTheApiDoesNotKnow() throws IOException {
        for (HasMetadata resource : RESOURCES) {
            assertThat(resource).as("%s", resource.getKind()).isNotInstanceOf(GenericKubernetesResource.class);
            // What a typed resource does not know it keeps apart; without that it would be gone.
            Object again = Serialization.unmarshal(Serialization.asYaml(resource), resource.getClass());
            assertThat(again).isEqualTo(resource);
            assertThat(unknownIn(resource)).as(name(resource)).isEmpty();
        }
    }

    @Test
    void everyFileIsListed() throws IOException {
        Map<String, List<String>> kustomization =
                new Yaml().load(Files.readString(FOLDER.resolve("kustomization.yaml")));
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())).filter(file -> !file.startsWith("kustom")))
                    .containsExactlyInAnyOrderElementsOf(kustomization.get("resources"));
        }
    }

    @Test
    void everyPodIsHardened() {
        assertThat(templates()).hasSize(4).allSatisfy(template -> {
            var pod = template.getSpec();
            assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            assertThat(pod.getContainers()).allSatisfy(container -> {
                assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                        .isFalse();
                assertThat(container.getSecurityContext().getCapabilities().getDrop())
                        .containsExactly("ALL");
                assertThat(container.getResources().getLimits()).containsKey("memory");
                assertThat(container.getReadinessProbe()).isNotNull();
            });
        });
    }

    @Test
    void servicesFindTheirPods() {
        of(Service.class)
                .forEach(service -> assertThat(templates())
                        .as(name(service))
                        .anySatisfy(
                                template -> assertThat(template.getMetadata().getLabels())
                                        .containsAllEntriesOf(service.getSpec().getSelector())));
    }

    @Test
    void volumesAndTheirMountsAgree() {
        Set<String> claims = of(PersistentVolumeClaim.class).stream()
                .map(claim -> claim.getMetadata().getName())
                .collect(Collectors.toSet());
        of(Deployment.class).forEach(deployment -> {
            var pod = deployment.getSpec().getTemplate().getSpec();
            Set<String> volumes = pod.getVolumes().stream()
                    .peek(volume -> assertThat(volume.getPersistentVolumeClaim() == null
                                    || claims.contains(
                                            volume.getPersistentVolumeClaim().getClaimName()))
                            .isTrue())
                    .map(volume -> volume.getName())
                    .collect(Collectors.toSet());
            assertThat(mounts(pod.getContainers())).isSubsetOf(volumes);
        });
        of(StatefulSet.class).forEach(set -> {
            var pod = set.getSpec().getTemplate().getSpec();
            Set<String> volumes = Stream.concat(
                            pod.getVolumes().stream().map(volume -> volume.getName()),
                            set.getSpec().getVolumeClaimTemplates().stream()
                                    .map(claim -> claim.getMetadata().getName()))
                    .collect(Collectors.toSet());
            assertThat(mounts(pod.getContainers())).isSubsetOf(volumes);
        });
    }

    @Test
    void theSupervisorMayDoWhatItDoesAndNoMore() {
        List<Role> roles = of(Role.class);

        assertThat(roles).singleElement().satisfies(role -> {
            assertThat(role.getMetadata().getNamespace()).isEqualTo(FakeCluster.NAMESPACE);
            assertThat(role.getRules())
                    .allSatisfy(rule -> assertThat(rule.getResources()).isSubsetOf("pods", "pods/log"));
            assertThat(role.getRules().getFirst().getVerbs())
                    .containsExactlyInAnyOrder("create", "get", "list", "watch", "update", "patch", "delete");
        });
    }

    @Test
    void tasksReachNeitherEachOtherNorWhatIsStored() {
        NetworkPolicy tasks = of(NetworkPolicy.class).stream()
                .filter(policy -> policy.getMetadata().getNamespace().equals(FakeCluster.NAMESPACE))
                .findFirst()
                .orElseThrow();

        assertThat(tasks.getSpec().getPolicyTypes()).containsExactlyInAnyOrder("Ingress", "Egress");
        assertThat(tasks.getSpec().getIngress()).isEmpty();
        assertThat(Serialization.asYaml(tasks)).doesNotContain("5432", "6379").contains("169.254.0.0/16");
    }

    private static Set<String> mounts(List<Container> containers) {
        return containers.stream()
                .flatMap(container -> container.getVolumeMounts().stream())
                .map(mount -> mount.getName())
                .collect(Collectors.toSet());
    }

    private static List<PodTemplateSpec> templates() {
        return Stream.concat(
                        of(Deployment.class).stream()
                                .map(deployment -> deployment.getSpec().getTemplate()),
                        of(StatefulSet.class).stream().map(set -> set.getSpec().getTemplate()))
                .toList();
    }

    private static <T> List<T> of(Class<T> type) {
        return RESOURCES.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static String name(HasMetadata resource) {
        return resource.getKind() + " " + resource.getMetadata().getName();
    }

    /// Returns the members of a resource and of all that it holds which its type does not have.
    private static Set<String> unknownIn(Object value) {
        Set<String> unknown = new TreeSet<>();
        collect(value, unknown);
        return unknown;
    }

    private static void collect(Object value, Set<String> unknown) {
        if (value instanceof Iterable<?> many) {
            many.forEach(one -> collect(one, unknown));
        } else if (value instanceof Map<?, ?> map) {
            map.values().forEach(one -> collect(one, unknown));
        } else if (value != null && value.getClass().getName().startsWith("io.fabric8.kubernetes.api.model")) {
            for (var method : value.getClass().getMethods()) {
                if (method.getName().startsWith("get")
                        && method.getParameterCount() == 0
                        && method.getDeclaringClass() == value.getClass()) {
                    Object held = call(value, method);
                    if (method.getName().equals("getAdditionalProperties")) {
                        ((Map<?, ?>) held).keySet().forEach(key -> unknown.add(String.valueOf(key)));
                    } else {
                        collect(held, unknown);
                    }
                }
            }
        }
    }

    private static Object call(Object value, java.lang.reflect.Method method) {
        try {
            return method.invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(method.toString(), e);
        }
    }
}
