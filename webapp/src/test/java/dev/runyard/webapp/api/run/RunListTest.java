package dev.runyard.webapp.api.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.testing.Http;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class RunListTest extends WebappTest {
    private final String task = "list-" + UUID.randomUUID();
    private final String mine = param("filter[taskIdentifier]", task);

    @Test
    void showsRunsAsTheClientExpects() {
        String run = trigger("{\"payload\":1,\"options\":{\"tags\":\"x\"}}");

        JsonNode list = list(mine);

        assertThat(list.propertyNames()).containsExactly("data", "pagination");
        assertThat(list.path("pagination").toString()).isEqualTo("{}");
        JsonNode item = list.path("data").path(0);
        assertThat(item.path("id").asString()).isEqualTo(run);
        assertThat(item.path("env").toString())
                .isEqualTo("{\"id\":\"%s\",\"name\":\"prod\"}".formatted(environmentId("prod")));
        assertThat(item.path("taskKind").asString()).isEqualTo("STANDARD");
        assertThat(item.path("isQueued").asBoolean()).isTrue();
        assertThat(item.has("payload")).isFalse();
        assertThat(item.toString()).doesNotContain("null");
    }

    @Test
    void walksItsPagesInBothDirections() {
        List<String> runs = new ArrayList<>(
                IntStream.range(0, 7).mapToObj(_ -> trigger("{}")).toList());
        Collections.reverse(runs);

        JsonNode first = list(mine + param("page[size]", "3"));
        JsonNode second = list(mine + param("page[size]", "3") + after(first));
        JsonNode third = list(mine + param("page[size]", "3") + after(second));

        assertThat(ids(first)).isEqualTo(runs.subList(0, 3));
        assertThat(first.path("pagination").has("previous")).isFalse();
        assertThat(ids(second)).isEqualTo(runs.subList(3, 6));
        assertThat(ids(third)).isEqualTo(runs.subList(6, 7));
        assertThat(third.path("pagination").has("next")).isFalse();

        JsonNode back = list(mine + param("page[size]", "3") + before(third));
        assertThat(ids(back)).isEqualTo(runs.subList(3, 6));
        JsonNode front = list(mine + param("page[size]", "3") + before(back));
        assertThat(ids(front)).isEqualTo(runs.subList(0, 3));
        assertThat(front.path("pagination").has("previous")).isFalse();
    }

    @Test
    void filters() {
        String plain = trigger("{}");
        String tagged = trigger("{\"options\":{\"tags\":[\"a:1\",\"b\"],\"test\":true,\"machine\":\"micro\"}}");
        String delayed = trigger("{\"options\":{\"delay\":\"1h\",\"queue\":{\"name\":\"slow " + task + "\"}}}");
        api("prod").post("/api/v2/runs/" + plain + "/cancel", null);

        assertThat(ids(list(mine))).containsExactly(delayed, tagged, plain);
        assertThat(ids(list(mine + param("filter[status]", "CANCELED")))).containsExactly(plain);
        assertThat(ids(list(mine + param("filter[status]", "DELAYED,QUEUED")))).containsExactly(delayed, tagged);
        assertThat(ids(list(mine + param("filter[tag]", "a:1,zzz")))).containsExactly(tagged);
        assertThat(ids(list(mine + param("filter[isTest]", "true")))).containsExactly(tagged);
        assertThat(ids(list(mine + param("filter[isTest]", "false")))).containsExactly(delayed, plain);
        assertThat(ids(list(mine + param("filter[machine]", "micro")))).containsExactly(tagged);
        assertThat(ids(list(param("filter[queue]", "slow " + task)))).containsExactly(delayed);
        assertThat(ids(list(param("filter[queue]", "task/" + task)))).containsExactly(tagged, plain);
        assertThat(ids(list(mine + param("filter[version]", "19990101.1")))).isEmpty();
    }

    @Test
    void filtersByTime() {
        String run = trigger("{}");
        long now = Instant.now().toEpochMilli();

        assertThat(ids(list(mine + param("filter[createdAt][from]", "" + (now - 60_000)))))
                .containsExactly(run);
        assertThat(ids(list(mine + param("filter[createdAt][to]", "" + (now - 60_000)))))
                .isEmpty();
        assertThat(ids(list(mine + param("filter[createdAt][from]", "2020-01-01T00:00:00.000Z"))))
                .containsExactly(run);
        assertThat(ids(list(mine + param("filter[createdAt][to]", "2020-01-01"))))
                .isEmpty();
        assertThat(ids(list(mine + param("filter[createdAt][period]", "15m")))).containsExactly(run);
        assertThat(ids(list(mine + param("filter[createdAt][period]", "999999999w"))))
                .containsExactly(run);
        assertThat(ids(list(mine + param("filter[createdAt][from]", "999999999999999"))))
                .isEmpty();
    }

    /// Java's own client encodes brackets, as most do; people with curl do not.
    @Test
    void takesBracketsAsTheyAre() throws IOException {
        URI server = URI.create(baseUrl());
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            String request = "GET /api/v1/runs?filter[status]=FOO HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                    + "Authorization: " + api("prod").headers().get("Authorization") + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("Invalid status values: FOO");
        }
    }

    @Test
    void showsNoRunsOfOtherEnvironments() {
        trigger("{}");

        assertThat(ids(api("stg").get("/api/v1/runs?" + mine).json())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    filter[status]            | FOO,QUEUED     | Invalid status values: FOO
                    filter[machine]           | huge           | Invalid machine: huge
                    filter[isTest]            | yes            | Must be true or false.
                    filter[createdAt][from]   | yesterday      | Must be milliseconds since 1970 or an ISO 8601 date.
                    filter[createdAt][to]     | 2026-13-01     | Must be milliseconds since 1970 or an ISO 8601 date.
                    filter[createdAt][period] | long           | Must be a duration such as 15m, 1h or 7d.
                    filter[batch]             | batch_1        | This is no such id: not an id: 1.
                    filter[error]             | error_1        | This is no such id: it must be error_ and a fingerprint.
                    filter[errors]            | error_1        | This server has no filter of this name.
                    page[size]                | 0              | Must be a whole number from 1 to 100.
                    page[size]                | 101            | Must be a whole number from 1 to 100.
                    page[size]                | many           | Must be a whole number from 1 to 100.
                    page[after]               | nonsense       | This is no cursor of a list of runs.
                    page[before]              | cnVuXw         | This is no cursor of a list of runs.
                    """)
    void refusesBadParameters(String name, String value, String expected) {
        Http.Answer answer = api("prod").get("/api/v1/runs?" + param(name, value));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("error").asString()).isEqualTo("Query Error");
        assertThat(answer.json().at("/details/0/path/0").asString()).isEqualTo(name);
        assertThat(answer.json().at("/details/0/message").asString()).isEqualTo(expected);
    }

    private String trigger(String body) {
        return api("prod")
                .postText("/api/v1/tasks/" + task + "/trigger", body)
                .json()
                .path("id")
                .asString();
    }

    private JsonNode list(String query) {
        return api("prod").get("/api/v1/runs?" + query).json();
    }

    private static List<String> ids(JsonNode list) {
        return StreamSupport.stream(list.path("data").spliterator(), false)
                .map(item -> item.path("id").asString())
                .collect(Collectors.toList());
    }

    private static String after(JsonNode page) {
        return param("page[after]", page.at("/pagination/next").asString());
    }

    private static String before(JsonNode page) {
        return param("page[before]", page.at("/pagination/previous").asString());
    }

    private static String param(String name, String value) {
        return "&" + URLEncoder.encode(name, StandardCharsets.UTF_8) + "="
                + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
