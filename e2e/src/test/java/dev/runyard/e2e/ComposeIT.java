package dev.runyard.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runyard.e2e.system.ComposeStack;
import dev.runyard.e2e.system.TaskBundle;
import dev.runyard.e2e.tasks.ConfinementTasks;
import dev.runyard.e2e.tasks.ConfinementTasks.Attempts;
import dev.runyard.e2e.tasks.ConfinementTasks.Findings;
import dev.runyard.e2e.tasks.ProbeTasks;
import dev.runyard.sdk.client.Run;
import dev.runyard.sdk.client.Runyard;
import dev.runyard.sdk.run.RunResult;
import dev.runyard.sdk.run.RunStatus;
import dev.runyard.testkit.Requirement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/// What a newcomer does: `docker compose up`, `runyard deploy`, trigger. And what a task can do to the rest of it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ComposeIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String JAVA = "eclipse-temurin:25-jre";

    private ComposeStack stack;
    private Runyard client;
    private Path bundle;
    private String base;
    private String repository;

    @BeforeAll
    void start() {
        Requirement.DOCKER.check();
        stack = ComposeStack.start(Path.of("target", "compose", String.valueOf(System.nanoTime())));
        client = stack.client();
        bundle = TaskBundle.write(stack.folder().resolve("bundle"));
        // The public registry may be out of reach; the stack's own holds the image to build on as well.
        repository = "localhost:" + stack.registryPort + "/tasks";
        base = "localhost:" + stack.registryPort + "/java:25";
        stack.run(List.of("docker", "tag", JAVA, base));
        stack.run(List.of("docker", "push", "--quiet", base));
    }

    @AfterAll
    void stop() {
        if (stack == null) {
            return;
        }
        client.close();
        stack.close();
        stack.run(List.of("docker", "image", "rm", "--force", base));
    }

    @Test
    @Order(1)
    void releasesAVersionOnlyOnceAWorkerHasStartedItsImage() {
        assertThatThrownBy(() -> deploy("--image", "localhost:" + stack.registryPort + "/none:1", "--check"))
                .hasMessageContaining("localhost:" + stack.registryPort + "/none:1");

        assertThat(deploy("--registry", repository, "--base", base)).contains("Deployed version ");
    }

    @Test
    @Order(2)
    void runsATask() {
        RunResult<Integer> result = client.trigger(ProbeTasks.FLAKY, 2).await(PATIENCE);
        assertThat(result)
                .isInstanceOfSatisfying(
                        RunResult.Completed.class,
                        completed -> assertThat(completed.output()).isEqualTo(2));
    }

    @Test
    @Order(3)
    void givesTheNextRunToTheSameContainer() {
        RunResult<Integer> first = client.trigger(ConfinementTasks.COUNT, 0).await(PATIENCE);
        RunResult<Integer> second = client.trigger(ConfinementTasks.COUNT, 0).await(PATIENCE);

        assertThat(second.outputOrThrow()).isEqualTo(first.outputOrThrow() + 1);
    }

    @Test
    @Order(4)
    void confinesATask() {
        List<String> forbidden = new ArrayList<>();
        stack.addresses("postgres").forEach(address -> forbidden.add(address + ":5432"));
        stack.addresses("redis").forEach(address -> forbidden.add(address + ":6379"));
        stack.addresses("docker-proxy").forEach(address -> forbidden.add(address + ":2375"));
        stack.addresses("registry").forEach(address -> forbidden.add(address + ":5000"));
        forbidden.add("host.docker.internal:" + stack.registryPort);
        List<String> allowed = List.of(
                "host.docker.internal:" + stack.supervisorPort, "host.docker.internal:" + stack.origin.getPort());
        Attempts attempts = new Attempts(
                List.of("/probe", "/app/probe", "/tmp/probe"),
                Stream.concat(forbidden.stream(), allowed.stream()).toList());

        RunResult<Findings> result =
                client.trigger(ConfinementTasks.CONFINEMENT, attempts).await(PATIENCE);

        Findings found = ((RunResult.Completed<Findings>) result).output();
        assertThat(found.status())
                .contains(
                        "Uid: 65532 65532 65532 65532",
                        "CapEff: 0000000000000000",
                        "CapPrm: 0000000000000000",
                        "CapBnd: 0000000000000000",
                        "NoNewPrivs: 1",
                        "Seccomp: 2");
        assertThat(found.written())
                .containsEntry("/probe", false)
                .containsEntry("/app/probe", false)
                .containsEntry("/tmp/probe", true);
        assertThat(forbidden).allSatisfy(address -> assertThat(found.reached()).containsEntry(address, false));
        assertThat(allowed).allSatisfy(address -> assertThat(found.reached()).containsEntry(address, true));
    }

    @Test
    @Order(5)
    void boundsTheMemoryAndTheProcessesOfATask() {
        var hoards = client.trigger(ProbeTasks.HOARDS, 2_000);
        var forks = client.trigger(ProbeTasks.FORKS, 5_000);

        Run hoarded = client.runs().await(hoards.id(), PATIENCE);
        Run forked = client.runs().await(forks.id(), PATIENCE);

        assertThat(hoarded.status()).isEqualTo(RunStatus.CRASHED);
        assertThat(String.valueOf(hoarded.error())).containsIgnoringCase("memory");
        assertThat(forked.isFinal()).isTrue();
        assertThat(forked.status()).isNotEqualTo(RunStatus.COMPLETED);
    }

    @Test
    @Order(6)
    void servesTheOfficialClient() throws IOException {
        Requirement.CLIENT.check();
        Path folder = Files.createDirectories(stack.folder().resolve("npm"));
        try (InputStream script = Objects.requireNonNull(getClass().getResourceAsStream("/client/compose.mjs"))) {
            Files.copy(script, folder.resolve("main.mjs"));
        }
        Files.writeString(folder.resolve("package.json"), "{\"private\":true,\"type\":\"module\"}");
        stack.run(List.of(
                "npm",
                "install",
                "--prefix",
                folder.toString(),
                "--no-audit",
                "--no-fund",
                "--ignore-scripts",
                "@trigger.dev/sdk@4.8.3"));

        String printed = stack.run(
                List.of("node", folder.resolve("main.mjs").toString(), stack.origin.toString(), stack.secretKey()));

        assertThat(printed).contains("{\"status\":\"COMPLETED\",\"output\":1}");
    }

    @Test
    @Order(7)
    void goesBackToAnEarlierVersion() throws IOException {
        String first = current();
        Path jar = bundle.resolve("lib/added.jar");
        Files.write(jar, emptyJar());
        deploy("--registry", repository, "--base", base);
        assertThat(current()).isNotEqualTo(first);

        cli("promote", first, "--rollback");

        assertThat(current()).isEqualTo(first);
    }

    @Test
    @Order(8)
    void survivesARestartOfItsParts() {
        var sleeping = client.trigger(ProbeTasks.PROBE, new ProbeTasks.Probe("/tmp/witness", 8_000));
        awaitExecuting(sleeping.id());

        stack.compose("restart", "--timeout", "30", "supervisor", "docker-proxy", "redis");

        Run run = client.runs().await(sleeping.id(), PATIENCE);
        assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.attemptCount()).isEqualTo(1);
    }

    private void awaitExecuting(String run) {
        Awaitility.await(run + " is executing")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> client.runs().retrieve(run).status() == RunStatus.EXECUTING);
    }

    private String current() {
        return stack.compose(
                        "exec",
                        "-T",
                        "postgres",
                        "psql",
                        "-U",
                        "runyard",
                        "-d",
                        "runyard",
                        "-Atc",
                        "select version from current_deployment c join deployment d on d.id = c.deployment_id"
                                + " order by promoted_at desc limit 1")
                .strip();
    }

    private String deploy(String... options) {
        List<String> arguments = new ArrayList<>(List.of("deploy", "--bundle", bundle.toString()));
        arguments.addAll(List.of(options));
        return cli(arguments.toArray(String[]::new));
    }

    /// Calls `runyard` in a process of its own.
    private String cli(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", cliJar().toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--url", stack.origin.toString(), "--key", stack.secretKey()));
        return stack.run(command);
    }

    private static Path cliJar() {
        Path target = Path.of("..", "cli", "target").toAbsolutePath().normalize();
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> String.valueOf(file.getFileName()).matches("runyard-cli-[0-9].*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no jar in " + target + "; package cli first"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] emptyJar() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes)) {
            jar.putNextEntry(new JarEntry("added.txt"));
            jar.write("added".getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
