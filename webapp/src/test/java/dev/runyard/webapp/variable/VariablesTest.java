package dev.runyard.webapp.variable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.tenant.TenantDirectory;
import dev.runyard.webapp.testing.Http;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

class VariablesTest extends WebappTest {
    private static final String BASE = "/api/v1/projects/proj_runyarddefault00000/envvars/";

    @Autowired
    private TenantDirectory tenants;

    @Autowired
    private EnvironmentVariables variables;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void keepsHidesChangesAndForgetsVariables() {
        Http key = api("stg");
        assertThat(key.postText(BASE + "staging", "{\"name\":\"A_1\",\"value\":\"one\"}")
                        .text())
                .isEqualTo("{\"success\":true}");
        key.postText(BASE + "stg", "{\"name\":\"B_1\",\"value\":\"hush-7fd2\",\"isSecret\":true}");

        assertThat(key.get(BASE + "staging/A_1").text())
                .isEqualTo("{\"name\":\"A_1\",\"value\":\"one\",\"isSecret\":false}");
        assertThat(key.get(BASE + "staging/B_1").text())
                .isEqualTo("{\"name\":\"B_1\",\"value\":\"<redacted>\",\"isSecret\":true}");
        assertThat(key.get(BASE + "staging").text()).startsWith("[").doesNotContain("hush");
        assertThat(key.send("PUT", BASE + "staging/A_1", "{\"value\":\"two\"}").status())
                .isEqualTo(200);
        JsonNode all = key.get("/api/v1/projects/proj_runyarddefault00000/envvars")
                .json()
                .path("variables");
        assertThat(all.path("A_1").asString()).isEqualTo("two");
        assertThat(all.path("B_1").asString()).isEqualTo("hush-7fd2");
        assertThat(variables.of(tenants.require(environmentId("stg")))).containsEntry("A_1", "two");
        assertThat(key.send("DELETE", BASE + "staging/A_1", "").status()).isEqualTo(200);
        assertThat(key.send("DELETE", BASE + "staging/A_1", "").status()).isEqualTo(404);
        assertThat(key.get(BASE + "staging/A_1").json().path("error").asString())
                .isEqualTo("Environment variable not found");
    }

    @Test
    void theDatabaseHoldsNoValue() {
        api("stg").post(BASE + "stg", Map.of("name", "CANARY", "value", "canary-0c1d"));

        String row = jdbc.sql(
                        "select cast(environment_variable as text) from environment_variable where name = 'CANARY'")
                .query(String.class)
                .single();

        assertThat(row).contains("CANARY").doesNotContain("canary-0c1d").doesNotContain(hex("canary-0c1d"));
    }

    @Test
    void aValueThatWasCopiedToAnotherNameDoesNotOpen() {
        api("stg").post(BASE + "stg", Map.of("name", "MINE", "value", "1"));
        jdbc.sql("""
                insert into environment_variable
                select environment_id, 'COPY', value_sealed, value_sealed_with, is_secret, created_at, updated_at
                from environment_variable where name = 'MINE'
                """).update();

        assertThat(api("stg").get(BASE + "stg/COPY").status()).isEqualTo(500);
        jdbc.sql("delete from environment_variable where name = 'COPY'").update();
    }

    @Test
    void importsManyAtOnceAndOverwritesOnlyWhenTold() {
        Http key = api("stg");
        key.postText(BASE + "stg/import", "{\"variables\":{\"I_1\":\"1\",\"I_2\":\"2\"}}");
        key.postText(BASE + "stg/import", "{\"variables\":{\"I_1\":\"other\",\"I_3\":\"3\"}}");
        assertThat(value("I_1")).isEqualTo("1");
        assertThat(value("I_3")).isEqualTo("3");
        key.postText(BASE + "stg/import", "{\"variables\":{\"I_1\":\"other\"},\"override\":true}");
        assertThat(value("I_1")).isEqualTo("other");

        String file = "--b\r\nContent-Disposition: form-data; name=\"variables\"; filename=\".env\"\r\n\r\n"
                + "# a comment\r\nexport F_1=plain # not part\r\nF_2=\"two\\nlines\"\r\nF_3='$as is'\r\n\r\n--b\r\n"
                + "Content-Disposition: form-data; name=\"override\"\r\n\r\ntrue\r\n--b--\r\n";
        Http.Answer answer =
                key.with("content-type", "multipart/form-data; boundary=b").postText(BASE + "stg/import", file);
        assertThat(answer.text()).isEqualTo("{\"success\":true}");
        assertThat(value("F_1")).isEqualTo("plain");
        assertThat(value("F_2")).isEqualTo("two\nlines");
        assertThat(value("F_3")).isEqualTo("$as is");
    }

    @Test
    void refusesWhatCannotBeAVariable() {
        Http key = api("stg");
        for (String body : new String[] {
            "{\"name\":\"TRIGGER_SECRET_KEY\",\"value\":\"x\"}",
            "{\"name\":\"1A\",\"value\":\"x\"}",
            "{\"name\":\"A B\",\"value\":\"x\"}",
            "{\"name\":\"A\"}",
            "{\"name\":\"A\",\"value\":\"" + "x".repeat(65_537) + "\"}",
            "{\"name\":\"A\",\"value\":\"\\u0000\"}",
            "{\"name\":[],\"value\":\"x\"}",
            "[]",
            "",
        }) {
            assertThat(key.send("POST", BASE + "stg", body).status()).as(body).isEqualTo(400);
        }
        assertThat(key.postText(BASE + "stg", "{\"name\":\"EDGE\",\"value\":\"" + "x".repeat(65_536) + "\"}")
                        .status())
                .isEqualTo(200);
        assertThat(key.postText(BASE + "prod", "{\"name\":\"A\",\"value\":\"x\"}")
                        .status())
                .isEqualTo(400);
        assertThat(key.get(BASE + "nowhere").status()).isEqualTo(400);
        assertThat(key.get("/api/v1/projects/proj_other/envvars").status()).isEqualTo(404);
    }

    private String value(String name) {
        return api("stg").get(BASE + "stg/" + name).json().path("value").asString();
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
}
