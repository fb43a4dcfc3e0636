package dev.runyard.webapp.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.testing.Http.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

class DashboardPagesTest extends WebappTest {
    @Test
    void answersEveryPageWithTheSameDocument() {
        for (String path : List.of("/", "/login", "/envs/prod/runs/run_1")) {
            Answer page = anonymous().get(path);
            assertThat(page.status()).as(path).isEqualTo(200);
            assertThat(page.text()).as(path).contains("<title>Runyard</title>");
            assertThat(page.header("content-type")).as(path).startsWith("text/html");
            assertThat(page.header("cache-control")).as(path).isEqualTo("no-cache");
            assertThat(page.header("content-security-policy")).as(path).contains("default-src 'self'");
            assertThat(page.header("x-content-type-options")).as(path).isEqualTo("nosniff");
        }
    }

    @Test
    void hasNoPageForInterfacesAndMissingFiles() {
        for (String path : List.of(
                "/api/v1/nothing", "/engine/v1/nothing", "/actuator/env", "/assets/gone.js", "/gone.png", "/otel/x")) {
            assertThat(anonymous().get(path).status()).as(path).isIn(401, 404);
        }
        assertThat(anonymous().post("/login", null).status()).isEqualTo(404);
        assertThat(anonymous().get("/..%2f..%2fapplication.yml").status()).isIn(400, 404);
    }

    @Test
    void keepsAssetsForever() {
        Answer asset = anonymous().get("/assets/kept.txt");

        assertThat(asset.status()).isEqualTo(200);
        assertThat(asset.header("cache-control")).contains("immutable").contains("max-age=31536000");
    }
}
