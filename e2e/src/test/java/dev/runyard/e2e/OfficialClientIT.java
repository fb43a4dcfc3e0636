package dev.runyard.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.e2e.system.WholeSystem;
import dev.runyard.testkit.Requirement;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The unmodified official npm client, of two versions, against a live server with a live supervisor and real tasks.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OfficialClientIT {
    private WholeSystem system;

    @BeforeAll
    void start() {
        Requirement.CLIENT.check();
        system = WholeSystem.start(Path.of("target", "client", String.valueOf(System.nanoTime())), "process", Map.of());
        Path bundle = Path.of("..", "examples", "all", "target", "bundle")
                .toAbsolutePath()
                .normalize();
        system.deployer().deploy(bundle, "bundle:" + bundle);
        system.sql().sql("create schema shop").update();
        system.sql()
                .sql("create table shop.customer (id bigint primary key, email text not null)")
                .update();
        system.sql()
                .sql("create table shop.purchase (id bigint primary key, customer_id bigint references shop.customer)")
                .update();
    }

    @AfterAll
    void stop() {
        if (system != null) {
            system.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.8.3", "4.5.12"})
    void worksUnchanged(String version) throws IOException, InterruptedException {
        Path folder = system.folder().resolve("npm-" + version);
        Files.createDirectories(folder);
        try (InputStream script = Objects.requireNonNull(getClass().getResourceAsStream("/client/main.mjs"))) {
            Files.copy(script, folder.resolve("main.mjs"));
        }
        Files.writeString(folder.resolve("package.json"), "{\"private\":true,\"type\":\"module\"}");
        run(
                folder,
                List.of(
                        "npm",
                        "install",
                        "--no-audit",
                        "--no-fund",
                        "--ignore-scripts",
                        "@trigger.dev/sdk@" + version));
        String printed =
                run(folder, List.of("node", "main.mjs", system.origin.toString(), system.secretKey(), databaseUrl()));
        JsonNode seen = JsonMapper.builder()
                .build()
                .readTree(printed.lines()
                        .filter(line -> line.startsWith("{"))
                        .findFirst()
                        .orElseThrow());
        assertThat(seen.get("handleHasToken").asBoolean()).isTrue();
        assertThat(seen.get("status").asString()).isEqualTo("COMPLETED");
        assertThat(seen.get("isSuccess").asBoolean()).isTrue();
        assertThat(seen.get("tables").toString()).isEqualTo("[\"customer\",\"purchase\"]");
        assertThat(seen.get("columns").toString()).isEqualTo("[\"id\",\"customer_id\"]");
        assertThat(seen.get("listed").asBoolean()).isTrue();
        assertThat(seen.get("replayIsNew").asBoolean()).isTrue();
        assertThat(seen.get("replayStatus").asString()).isEqualTo("COMPLETED");
        assertThat(seen.get("idempotent").asBoolean()).isTrue();
        assertThat(seen.get("delayed").asString()).isEqualTo("DELAYED");
        assertThat(seen.get("canceled").asString()).isEqualTo("CANCELED");
        assertThat(seen.get("greeting").asString()).isEqualTo("Hello, Ada!");
        assertThat(seen.get("failed").asString()).isEqualTo("FAILED");
        assertThat(seen.get("failedSaysWhy").asBoolean()).isTrue();
        assertThat(seen.get("unknownRun").asString()).isEqualTo("404 TriggerApiError");
        assertThat(seen.get("badMachine").asString()).isEqualTo("400 TriggerApiError");
        assertThat(seen.get("wrongKey").asString()).isEqualTo("401 TriggerApiError");
    }

    private String databaseUrl() {
        URI jdbc = URI.create(system.databaseUrl().substring("jdbc:".length()));
        return "postgres://postgres:postgres@" + jdbc.getHost() + ":" + jdbc.getPort() + jdbc.getPath();
    }

    private static String run(Path folder, List<String> command) throws IOException, InterruptedException {
        Path output = folder.resolve(command.getFirst() + ".log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(4, TimeUnit.MINUTES);
        if (!ended) {
            process.destroyForcibly();
        }
        String printed = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(ended).as(printed).isTrue();
        assertThat(process.exitValue()).as(printed).isZero();
        return printed;
    }
}
