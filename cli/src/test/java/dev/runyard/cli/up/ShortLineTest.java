package dev.runyard.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ShortLineTest {
    private static final String HEAD = "2026-05-04T10:11:12.345Z  ";

    @Test
    void keepsTheWordsOfAWarning() {
        assertThat(ShortLine.of(HEAD + "WARN 17 --- [runyard] [  relay-1] d.r.e.o.OutboxRelay  : Redis is gone"))
                .contains("warn: Redis is gone");
    }

    @Test
    void passesOverWhatIsUsualAndWhatIsNoLogLine() {
        assertThat(ShortLine.of(HEAD + "INFO 17 --- [runyard] [main] d.r.w.Main : Started"))
                .isEmpty();
        assertThat(ShortLine.of("\tat dev.runyard.webapp.Main.main(Main.java:7)"))
                .isEmpty();
        assertThat(ShortLine.of("")).isEmpty();
    }

    @Test
    void cutsALongLine() {
        String text = ShortLine.of(HEAD + "ERROR 17 --- [main] a.B : " + "x".repeat(500))
                .orElseThrow();

        assertThat(text).hasSize(180).startsWith("error: xxx").endsWith("…");
    }
}
