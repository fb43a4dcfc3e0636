package dev.runyard.supervisor.workloadapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runyard.protocol.id.RunId;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RunnerTokensTest {
    private static final RunId RUN = new RunId(new UUID(1, 2));

    private final String key = RunnerTokens.newKey();
    private final RunnerTokens tokens = new RunnerTokens(key);

    @Test
    void knowsItsTokensAfterARestart() {
        String token = tokens.issue(RUN);

        assertThat(token).startsWith("wlt_" + RUN.body() + "_");
        assertThat(new RunnerTokens(key).verify(token)).contains(RUN);
    }

    @Test
    void knowsItsGroupByTheKeyAndByWhereRunnersFindIt() {
        assertThat(new RunnerTokens(key).group("host:8020")).isEqualTo(tokens.group("host:8020"));
        assertThat(tokens.group("host:8021")).isNotEqualTo(tokens.group("host:8020"));
        assertThat(new RunnerTokens(RunnerTokens.newKey()).group("host:8020")).isNotEqualTo(tokens.group("host:8020"));
        assertThat(tokens.group("host:8020")).as("part of a path").matches("[\\w-]{12}");
    }

    @Test
    void refusesTheTokensOfAnotherKey() {
        assertThat(tokens.verify(new RunnerTokens(RunnerTokens.newKey()).issue(RUN)))
                .isEmpty();
    }

    @Test
    void refusesATokenThatWasBentToAnotherRun() {
        RunId other = new RunId(new UUID(3, 4));

        assertThat(tokens.verify(tokens.issue(RUN).replace(RUN.body(), other.body())))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "wlt_", "wlt__", "wlt_x_y", "deployment_abc", "_", "wlt_00000000000000000000000000_"})
    void refusesWhatIsNoToken(String token) {
        assertThat(tokens.verify(token)).isEmpty();
    }

    @Test
    void wantsAKeyOfSomeLength() {
        String shortKey = Base64.getEncoder().encodeToString(new byte[16]);

        assertThatThrownBy(() -> new RunnerTokens(shortKey)).hasMessageContaining("32 bytes");
    }
}
