package dev.runyard.webapp.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.testkit.time.SettableClock;
import dev.runyard.webapp.api.shared.ErrorResponses;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

class LimitRefusalsTest {
    private final SettableClock clock = new SettableClock(Instant.parse("2026-08-01T10:00:00Z"));
    private final LimitRefusals limit = new LimitRefusals(
            new RateLimitProperties(
                    true, RateLimitProperties.Store.MEMORY, 1, 1, 1, 1, 1, 1, 3, 1, Duration.ofSeconds(10), List.of()),
            new MemoryBuckets(),
            new TooManyCalls(new ErrorResponses(JsonMapper.shared())),
            clock);

    @Test
    void letsAnAddressTryOnlySoOften() throws IOException {
        for (int i = 0; i < 3; i++) {
            assertThat(answers("10.0.0.1", new MockHttpServletResponse())).isFalse();
        }
        MockHttpServletResponse response = new MockHttpServletResponse();
        assertThat(answers("10.0.0.1", response)).isTrue();
        assertThat(response.getStatus()).isEqualTo(429);
        assertThat(response.getHeader("retry-after")).isEqualTo("10");
        assertThat(response.getContentAsString()).contains("wrong credentials");
        assertThat(answers("10.0.0.2", new MockHttpServletResponse())).isFalse();

        clock.advance(Duration.ofSeconds(10));

        assertThat(answers("10.0.0.1", new MockHttpServletResponse())).isFalse();
        assertThat(answers("10.0.0.1", new MockHttpServletResponse())).isTrue();
    }

    private boolean answers(String address, MockHttpServletResponse response) throws IOException {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr(address);
        return limit.answers(request, response);
    }
}
