package dev.runyard.supervisor.workloadapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class TranslateAddressesTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private final TranslateAddresses toContainers =
            TranslateAddresses.to(URI.create("http://host.docker.internal:3030"));

    @Test
    void replacesLoopbackAddresses() {
        JsonNode started = JSON.readTree(
                "{\"envVars\":{\"TRIGGER_API_URL\":\"http://localhost:3030/base\",\"MY_DB\":\"http://localhost\"}}");

        assertThat(toContainers.translate(started)).isTrue();

        assertThat(started.path("envVars").path("TRIGGER_API_URL").asString())
                .isEqualTo("http://host.docker.internal:3030/base");
        assertThat(started.path("envVars").path("MY_DB").asString()).isEqualTo("http://localhost");
    }

    @Test
    void leavesPublicAddressesAlone() {
        JsonNode started = JSON.readTree("{\"envVars\":{\"TRIGGER_API_URL\":\"https://runyard.example\"}}");

        assertThat(toContainers.translate(started)).isFalse();
    }

    @Test
    void leavesProcessesAlone() {
        JsonNode started = JSON.readTree("{\"envVars\":{\"TRIGGER_API_URL\":\"http://localhost:3030\"}}");

        assertThat(TranslateAddresses.none().translate(started)).isFalse();
    }

    @Test
    void mindsNoAnswerWithoutVariables() {
        assertThat(toContainers.translate(JSON.readTree("{}"))).isFalse();
    }
}
