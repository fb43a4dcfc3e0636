package dev.runyard.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.e2e.system.SignedIn;
import dev.runyard.e2e.system.TaskBundle;
import dev.runyard.e2e.system.WholeSystem;
import dev.runyard.testkit.Requirement;
import dev.runyard.testkit.client.OfficialClient;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The unmodified official npm client, of two versions, against a live server with a live supervisor and real tasks:
/// the main job, then every operation that the client has.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OfficialClientIT {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private WholeSystem system;
    private String personalToken;

    @BeforeAll
    void start() {
        Requirement.CLIENT.check();
        system = WholeSystem.start(Path.of("target", "client", String.valueOf(System.nanoTime())), "process", Map.of());
        Path bundle = TaskBundle.join(system.folder().resolve("bundle"), example("all"), example("patterns"));
        system.deployer().deploy(bundle, "bundle:" + bundle);
        personalToken = SignedIn.with(system).personalToken("conformance");
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
    @ValueSource(strings = {OfficialClient.NEWEST, OfficialClient.REFERENCE})
    void worksUnchanged(String version) {
        OfficialClient client = OfficialClient.install(system.folder().resolve("npm-" + version), version);
        client.add(OfficialClientIT.class, "/client/main.mjs");
        checkMainJob(
                JSON.readTree(client.node("main.mjs", system.origin.toString(), system.secretKey(), databaseUrl())));
        checkEveryOperation(JSON.readTree(client.conform(new OfficialClient.Server(
                system.origin.toString(), system.secretKey(), system.projectRef(), personalToken, true))));
    }

    private static void checkEveryOperation(JsonNode seen) {
        assertThat(seen.get("failures").toString()).as(seen.toString()).isEqualTo("[]");
        assertThat(seen.get("uncovered").toString()).isEqualTo("[]");
        assertThat(seen.get("uncalled").toString()).isEqualTo("[]");
        assertThat(seen.get("unknownObjects").toString()).isEqualTo("[]");
        assertThat(seen.get("driven").size()).isGreaterThanOrEqualTo(80);
    }

    private static void checkMainJob(JsonNode seen) {
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

    private static Path example(String name) {
        return Path.of("..", "examples", name, "target", "bundle")
                .toAbsolutePath()
                .normalize();
    }

    private String databaseUrl() {
        URI jdbc = URI.create(system.databaseUrl().substring("jdbc:".length()));
        return "postgres://postgres:postgres@" + jdbc.getHost() + ":" + jdbc.getPort() + jdbc.getPath();
    }
}
