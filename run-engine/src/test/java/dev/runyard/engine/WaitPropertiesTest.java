package dev.runyard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.testkit.redis.TestRedis;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Random commands against runs that wait, and a model of them. The options are those of [PropertiesTest].
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WaitPropertiesTest {
    private static final int LENGTH = Integer.getInteger("properties.length", 80);

    private TestRedis redis;

    @BeforeAll
    void start() {
        redis = TestRedis.start();
    }

    @AfterAll
    void stop() {
        redis.close();
    }

    static LongStream seeds() {
        Long one = Long.getLong("properties.seed");
        return one == null ? LongStream.range(0, Long.getLong("properties.seeds", 8)) : LongStream.of(one);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void waitsAsTheModelDoes(long seed) {
        ShortestFailure.require(seed, WaitCommand.draw(seed, LENGTH), this::failure);
    }

    @Test
    void drawsTheSameCommandsForTheSameSeed() {
        assertThat(WaitCommand.draw(7, 200)).isEqualTo(WaitCommand.draw(7, 200)).isNotEqualTo(WaitCommand.draw(8, 200));
        assertThat(WaitCommand.draw(7, 2_000).stream().map(Object::getClass).distinct())
                .containsExactlyInAnyOrder(Arrays.stream(WaitCommand.class.getPermittedSubclasses())
                        .toArray(Class<?>[]::new));
    }

    private Optional<Throwable> failure(List<WaitCommand> commands) {
        try (WaitWalk walk = new WaitWalk(redis)) {
            commands.forEach(walk::take);
            walk.finish();
            return Optional.empty();
        } catch (AssertionError | RuntimeException e) {
            return Optional.of(e);
        }
    }
}
