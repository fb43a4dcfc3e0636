package dev.runyard.webapp.api.packet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.testing.Http;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PacketTest extends WebappTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String PATH = "trigger%2Fmy%252Ftask%2F1-abc%2Fpayload.json";

    @AfterAll
    static void close() {
        CLIENT.close();
    }

    @Test
    void triggersWithAnUploadedPayload() throws Exception {
        String payload = "{\"json\":\"" + "x".repeat(200_000) + "\"}";
        JsonNode prepared = json(put(baseUrl() + "/api/v2/packets/" + PATH, ""));

        assertThat(prepared.path("storagePath").asString()).isEqualTo("trigger/my%2Ftask/1-abc/payload.json");
        assertThat(put(prepared.path("presignedUrl").asString(), payload).statusCode())
                .isEqualTo(200);
        Http.Answer run = api("prod")
                .postText(
                        "/api/v1/tasks/t/trigger",
                        "{\"payload\":%s,\"options\":{\"payloadType\":\"application/store\",\"payloadSize\":200011}}"
                                .formatted(prepared.path("storagePath")));

        assertThat(run.status()).as(run.text()).isEqualTo(200);
        assertThat(api("prod")
                        .get("/api/v3/runs/" + run.json().path("id").asString())
                        .json()
                        .path("payload")
                        .asString())
                .hasSize(200_000);
    }

    @Test
    void keepsPacketsOfEnvironmentsApart() throws Exception {
        JsonNode prepared = json(put(baseUrl() + "/api/v2/packets/secret%2Fpayload.json", ""));
        put(prepared.path("presignedUrl").asString(), "{\"json\":1}");

        assertThat(api("stg")
                        .postText(
                                "/api/v1/tasks/t/trigger",
                                "{\"payload\":\"secret/payload.json\",\"options\":{\"payloadType\":\"application/store\"}}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void refusesAddressesThatItDidNotSign() throws Exception {
        String address = json(put(baseUrl() + "/api/v2/packets/" + PATH, ""))
                .path("presignedUrl")
                .asString();

        assertThat(put(address.replace("1-abc", "2-abc"), "{}").statusCode()).isEqualTo(403);
        assertThat(put(address.replaceAll("expires=\\d+", "expires=99999999999"), "{}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(put(address.replaceAll("expires=\\d+", "expires=soon"), "{}").statusCode())
                .isEqualTo(400);
        assertThat(put(address.replaceAll("env_\\w+", "nowhere"), "{}").statusCode())
                .isEqualTo(403);
        assertThat(put(address.replaceAll("[?].*", ""), "{}").statusCode()).isEqualTo(400);
    }

    @Test
    void refusesAPayloadOverTheLimit() throws Exception {
        String address = json(put(baseUrl() + "/api/v2/packets/" + PATH, ""))
                .path("presignedUrl")
                .asString();

        assertThat(put(address, "x".repeat(3_145_729)).statusCode()).isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..%2Fx", "a%2F..%2Fb", "%2Fetc", "https%3A%2F%2Fevil.example%2Fx", "%20"})
    void refusesUnsoundPaths(String path) throws Exception {
        HttpResponse<String> answer = put(baseUrl() + "/api/v2/packets/" + path, "");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("error").asString()).isNotEmpty();
    }

    private HttpResponse<String> put(String address, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address))
                .header("content-type", "application/super+json")
                .PUT(BodyPublishers.ofString(body));
        if (address.contains("/api/")) {
            api("prod").headers().forEach(request::header);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }
}
