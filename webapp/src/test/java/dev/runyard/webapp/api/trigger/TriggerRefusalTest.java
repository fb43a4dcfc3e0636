package dev.runyard.webapp.api.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.TimeOrderedIds;
import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.testing.Http;
import java.time.InstantSource;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Bad input: each ends in an answer that names what is wrong and how to mend it.
class TriggerRefusalTest extends WebappTest {
    private static final int PAYLOAD_LIMIT = 3 * 1_024 * 1_024;
    private static final int METADATA_LIMIT = 256 * 1_024;

    @ParameterizedTest
    @ValueSource(strings = {"{", "null", "0", "\"\"", "false", "[]", "{\"a\":}", "{} x", "{\"payload\":\"\t\"}"})
    void refusesWhatIsNoJsonObject(String body) {
        Http.Answer answer = trigger(body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).isEqualTo("{\"error\":\"Invalid JSON\"}");
        assertThat(answer.header("x-should-retry")).isEqualTo("false");
    }

    @Test
    void refusesAnEmptyBody() {
        assertThat(error(trigger(""), 400)).isEqualTo("Request body is empty");
        assertThat(error(api("prod").post("/api/v1/tasks/t/trigger", null), 400))
                .isEqualTo("Request body is empty");
    }

    @Test
    void refusesBytesThatAreNoText() {
        byte[] body = {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'};

        assertThat(error(api("prod").postBytes("/api/v1/tasks/t/trigger", body), 400))
                .startsWith("Invalid JSON");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"delay":"soon"}                      | options.delay must be a duration such as "1h30m"
                    {"delay":"2026-13-45T00:00:00Z"}      | options.delay must be
                    {"delay":"10"}                        | options.delay must be
                    {"delay":"2026-08-01T10:00:00"}       | options.delay must be
                    {"delay":5}                           | options.delay must be a string
                    {"delay":"999999999w"}                | options.delay must not reach further ahead than 3650 days
                    {"delay":"+99999-01-01T00:00:00Z"}    | options.delay must
                    {"ttl":"soon"}                        | options.ttl must be a duration such as "1h30m"
                    {"ttl":-1}                            | options.ttl must be
                    {"ttl":1.5}                           | options.ttl must be
                    {"ttl":true}                          | options.ttl must be a number
                    {"ttl":1e30}                          | options.ttl must not reach further ahead
                    {"ttl":1e999999999}                   | options.ttl must not reach further ahead
                    {"idempotencyKeyTTL":"x","idempotencyKey":"k"} | options.idempotencyKeyTTL must be
                    {"maxAttempts":0}                     | options.maxAttempts must be a whole number of at least 1
                    {"maxAttempts":1.5}                   | options.maxAttempts must be a whole number
                    {"maxAttempts":"3"}                   | options.maxAttempts must be a number
                    {"maxAttempts":99999999999}           | options.maxAttempts must be a whole number
                    {"maxDuration":"5m"}                  | options.maxDuration must be a number
                    {"machine":"huge"}                    | options.machine must be one of micro, small-1x
                    {"priority":"high"}                   | options.priority must be a number
                    {"priority":1e12}                     | options.priority must be at most
                    {"queue":"emails"}                    | options.queue must be an object
                    {"queue":{}}                          | options.queue must be an object with the queue's name
                    {"queue":{"name":7}}                  | options.queue.name must be a string
                    {"test":"yes"}                        | options.test must be true or false
                    {"tags":7}                            | options.tags must be a string or an array of strings
                    {"tags":[7]}                          | options.tags must be a string or an array of strings
                    {"metadata":[1]}                      | options.metadata must be an object
                    {"metadata":"words"}                  | options.metadata must be an object
                    {"concurrencyKey":{}}                 | options.concurrencyKey must be a number
                    {"concurrencyKey":"\\u0000"}          | options.concurrencyKey must not contain the character U+0000
                    {"queue":{"name":"a\\u0000"}}         | options.queue.name must not contain the character U+0000
                    {"tags":["a\\u0000"]}                 | options.tags must not contain the character U+0000
                    {"tags":["\\ud800"]}                  | options.tags contains half of a surrogate pair
                    {"idempotencyKey":"a\\u0000"}         | options.idempotencyKey must not contain the character U+0000
                    {"lockToVersion":7}                   | options.lockToVersion must be a string
                    {"debounce":"k"}                      | options.debounce must be an object
                    {"debounce":{"delay":"5s"}}           | options.debounce.key is missing
                    {"debounce":{"key":"k"}}              | options.debounce.delay is missing
                    {"debounce":{"key":"k","delay":"5s","mode":"x"}} | options.debounce.mode must be leading or trailing
                    {"resumeParentOnCompletion":true}     | options.resumeParentOnCompletion needs options.parentRunId
                    {"resumeParentOnCompletion":"yes"}    | options.resumeParentOnCompletion must be true or false
                    """)
    void namesTheOptionThatIsWrong(String options, String expected) {
        Http.Answer answer = trigger("{\"options\":" + options + "}");

        assertThat(error(answer, 400)).startsWith("Validation error: " + expected);
        assertThat(answer.json().at("/issues/0/path/0").asString()).isEqualTo("options");
        assertThat(answer.header("x-should-retry")).isEqualTo("false");
    }

    @Test
    void refusesOptionsThatAreNoObject() {
        assertThat(error(trigger("{\"options\":\"delay\"}"), 400))
                .isEqualTo("Validation error: options must be an object");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"debounce":{"key":"k","delay":"soon"}} | Invalid debounce delay: soon
                    {"debounce":{"key":"k","delay":"5s","maxDelay":"5s"}} | debounce.maxDelay (5s) must be longer
                    {"parentBatch":"batch_1"}             | options.parentBatch is not supported
                    {"bulkActionId":"bulk_1"}             | options.bulkActionId is not supported
                    {"region":"eu-central-1"}             | There is no region 'eu-central-1'
                    {"lockToVersion":"20200101.1"}        | Task locked to version '20200101.1', but no worker found
                    {"parentRunId":"run_unknown"}         | Cannot trigger t as its parent run 'run_unknown' does not exist
                    """)
    void refusesWhatItCannotDo(String options, String expected) {
        Http.Answer answer = trigger("{\"options\":" + options + "}");

        assertThat(error(answer, 422)).startsWith(expected);
        assertThat(answer.header("x-should-retry")).isEqualTo("false");
    }

    @Test
    void refusesAFinishedParent() {
        String parent = trigger("{}").json().path("id").asString();
        assertThat(api("prod").post("/api/v2/runs/" + parent + "/cancel", null).status())
                .isEqualTo(200);

        assertThat(error(trigger("{\"options\":{\"parentRunId\":\"" + parent + "\"}}"), 422))
                .isEqualTo("Cannot trigger t as the parent run has a status of CANCELED");
    }

    @Test
    void refusesAParentOfAnotherEnvironment() {
        String parent = api("stg")
                .postText("/api/v1/tasks/t/trigger", "{}")
                .json()
                .path("id")
                .asString();

        assertThat(error(trigger("{\"options\":{\"parentRunId\":\"" + parent + "\"}}"), 422))
                .contains("does not exist in this environment");
    }

    @Test
    void refusesAPayloadThatIsNotOfItsType() {
        assertThat(error(trigger("{\"payload\":\"{\",\"options\":{\"payloadType\":\"application/json\"}}"), 400))
                .startsWith("Validation error: payload is not JSON");
    }

    @Test
    void refusesAPacketThatWasNotUploaded() {
        assertThat(error(trigger("{\"payload\":\"a/b\",\"options\":{\"payloadType\":\"application/store\"}}"), 400))
                .startsWith("Validation error: payload must be the path of an uploaded packet")
                .endsWith("nothing was uploaded there in the last day");
        assertThat(error(trigger("{\"payload\":{},\"options\":{\"payloadType\":\"application/store\"}}"), 400))
                .startsWith("Validation error: payload must be the path of an uploaded packet");
    }

    @Test
    void refusesARawNulInAPayload() {
        assertThat(error(trigger("{\"payload\":\"a\\u0000b\",\"options\":{\"payloadType\":\"text/plain\"}}"), 400))
                .isEqualTo("Validation error: payload must not contain the character U+0000");
        assertThat(trigger("{\"payload\":{\"a\":\"\\u0000\"}}").status()).isEqualTo(200);
    }

    @Test
    void takesAPayloadUpToTheLimit() {
        int around = "{\"payload\":\"\"}".length();

        assertThat(trigger("{\"payload\":\"" + "x".repeat(PAYLOAD_LIMIT - around) + "\"}")
                        .status())
                .isEqualTo(200);
        Http.Answer over = trigger("{\"payload\":\"" + "x".repeat(PAYLOAD_LIMIT - around + 1) + "\"}");
        assertThat(over.text()).isEqualTo("{\"error\":\"Request body too large\"}");
        assertThat(over.status()).isEqualTo(413);
        assertThat(over.header("x-should-retry")).isEqualTo("false");
    }

    @Test
    void countsBytesAndNotCharacters() {
        assertThat(trigger("{\"payload\":\"" + "ü".repeat(PAYLOAD_LIMIT / 2) + "\"}")
                        .status())
                .isEqualTo(413);
    }

    @Test
    void answersABodyFarOverTheLimit() {
        assertThat(trigger("x".repeat(4 * PAYLOAD_LIMIT)).status()).isEqualTo(413);
    }

    @Test
    void takesMetadataUpToTheLimit() {
        int around = "{\"a\":\"\"}".length();

        assertThat(trigger("{\"options\":{\"metadata\":{\"a\":\"" + "x".repeat(METADATA_LIMIT - around) + "\"}}}")
                        .status())
                .isEqualTo(200);
        assertThat(error(
                        trigger("{\"options\":{\"metadata\":{\"a\":\"" + "x".repeat(METADATA_LIMIT - around + 1)
                                + "\"}}}"),
                        413))
                .isEqualTo("Metadata exceeds maximum size of 262144 bytes");
    }

    @Test
    void takesTenTags() {
        assertThat(trigger("{\"options\":{\"tags\":" + tags(10) + "}}").status())
                .isEqualTo(200);
        assertThat(error(trigger("{\"options\":{\"tags\":" + tags(11) + "}}"), 422))
                .isEqualTo("Runs can only have 10 tags, you're trying to set 11.");
    }

    @Test
    void takesTagsOf128Characters() {
        assertThat(trigger("{\"options\":{\"tags\":\"" + "x".repeat(128) + "\"}}")
                        .status())
                .isEqualTo(200);
        assertThat(error(trigger("{\"options\":{\"tags\":\"" + "x".repeat(129) + "\"}}"), 400))
                .isEqualTo("Validation error: options.tags must have at most 128 characters each");
    }

    @Test
    void takesIdempotencyKeysOf2048Characters() {
        assertThat(trigger("{\"options\":{\"idempotencyKey\":\"" + "k".repeat(2_048) + "\"}}")
                        .status())
                .isEqualTo(200);
        assertThat(error(trigger("{\"options\":{\"idempotencyKey\":\"" + "k".repeat(2_049) + "\"}}"), 400))
                .isEqualTo("Validation error: options.idempotencyKey must have at most 2048 characters");
    }

    @Test
    void takesTaskIdsOf256Characters() {
        assertThat(api("prod")
                        .postText("/api/v1/tasks/" + "t".repeat(256) + "/trigger", "{}")
                        .status())
                .isEqualTo(200);
        Http.Answer over = api("prod").postText("/api/v1/tasks/" + "t".repeat(257) + "/trigger", "{}");
        assertThat(error(over, 400)).isEqualTo("Params Error");
        assertThat(error(api("prod").postText("/api/v1/tasks/%20/trigger", "{}"), 400))
                .isEqualTo("Params Error");
    }

    @Test
    void refusesDeepNesting() {
        assertThat(trigger("{\"payload\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void doesNotKnowRunsThatNeverWere() {
        RunId unknown = new RunId(new TimeOrderedIds(InstantSource.system()).next());

        assertThat(error(api("prod").post("/api/v2/runs/" + unknown + "/cancel", null), 404))
                .isEqualTo("Run not found");
        assertThat(error(api("prod").post("/api/v1/runs/" + unknown + "/replay", null), 404))
                .isEqualTo("Run not found");
        assertThat(error(api("prod").get("/api/v3/runs/" + unknown), 404)).isEqualTo("Not found");
        assertThat(error(api("prod").get("/api/v3/runs/run_nonsense"), 404)).isEqualTo("Not found");
    }

    private Http.Answer trigger(String body) {
        return api("prod").postText("/api/v1/tasks/t/trigger", body);
    }

    private static String error(Http.Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        return answer.json().path("error").asString();
    }

    private static String tags(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"t" + i + "\"").collect(Collectors.joining(",", "[", "]"));
    }
}
