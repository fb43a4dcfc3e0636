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

/// Random commands against the engine and a model of it. A failure names its seed and the shortest list of
/// commands that still fails.
///
/// More walks: `-Dproperties.seeds=1000`, one walk again: `-Dproperties.seed=42`, longer ones:
/// `-Dproperties.length=200`.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PropertiesTest {
    private static final int LENGTH = Integer.getInteger("properties.length", 60);

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
        return one == null ? LongStream.range(0, Long.getLong("properties.seeds", 25)) : LongStream.of(one);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void walksAsTheModelDoes(long seed) {
        ShortestFailure.require(seed, WalkCommand.draw(seed, LENGTH), this::failure);
    }

    @Test
    void drawsTheSameCommandsForTheSameSeed() {
        assertThat(WalkCommand.draw(7, 200)).isEqualTo(WalkCommand.draw(7, 200)).isNotEqualTo(WalkCommand.draw(8, 200));
        assertThat(WalkCommand.draw(7, 2_000).stream().map(Object::getClass).distinct())
                .containsExactlyInAnyOrder(Arrays.stream(WalkCommand.class.getPermittedSubclasses())
                        .toArray(Class<?>[]::new));
    }

    private Optional<Throwable> failure(List<WalkCommand> commands) {
        try (EngineWalk walk = new EngineWalk(redis)) {
            commands.forEach(walk::take);
            walk.finish();
            return Optional.empty();
        } catch (AssertionError | RuntimeException e) {
            return Optional.of(e);
        }
    }
}
