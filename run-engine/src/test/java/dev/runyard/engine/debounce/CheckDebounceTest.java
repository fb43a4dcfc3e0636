package dev.runyard.engine.debounce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.debounce.CheckDebounce.Checked;
import dev.runyard.engine.debounce.Debounce.Mode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CheckDebounceTest {
    private final CheckDebounce check = new CheckDebounce(DebounceConfig.DEFAULT);
    private final CheckDebounce withCeiling =
            new CheckDebounce(new DebounceConfig(Duration.ofSeconds(1), Duration.ofMinutes(1), 512));

    private static Debounce debounce(String delay, @Nullable String maxDelay) {
        return new Debounce("key", delay, Mode.LEADING, maxDelay);
    }

    private static void assertRefused(Checked checked, String sentence) {
        assertThat(checked).isEqualTo(new Checked.Invalid(sentence));
    }

    @Test
    void namesADelayThatIsNoDuration() {
        String rule = ". debounce.delay must be a duration, not a date, such as \"5s\" or \"1m\".";
        for (String delay : new String[] {"2026-08-01T10:00:00Z", "soon", "0s", ""}) {
            assertRefused(check.check(debounce(delay, null)), "Invalid debounce delay: " + delay + rule);
        }
    }

    @Test
    void namesAMaxDelayThatIsNoDurationOrNotLonger() {
        assertRefused(
                check.check(debounce("5s", "later")),
                "Invalid debounce maxDelay: later. debounce.maxDelay must be a duration, not a date, such as \"1m\" or \"1h\".");
        for (String maxDelay : new String[] {"5s", "4s"}) {
            assertRefused(
                    check.check(debounce("5s", maxDelay)),
                    "debounce.maxDelay (" + maxDelay
                            + ") must be longer than debounce.delay (5s). Raise debounce.maxDelay or lower debounce.delay.");
        }
        assertThat(check.check(debounce("5s", "6s"))).isInstanceOf(Checked.Valid.class);
    }

    @Test
    void takesNoDelayAsLongAsTheCeilingUnlessAMaxDelayIsNamed() {
        assertRefused(
                withCeiling.check(debounce("60s", null)),
                "debounce.delay (60s) must be shorter than 1m, the longest that this server holds a run back."
                        + " Lower it, or set debounce.maxDelay.");
        assertThat(withCeiling.check(debounce("59s", null))).isInstanceOf(Checked.Valid.class);
        assertThat(withCeiling.check(debounce("60s", "2m"))).isInstanceOf(Checked.Valid.class);
    }

    @Test
    void takesKeysOfOneTo512Characters() {
        String sentence = "debounce.key must have 1 to 512 characters, not all of them blank.";
        for (String key : new String[] {"", "  ", "k".repeat(513)}) {
            assertRefused(check.check(new Debounce(key, "5s", Mode.LEADING, null)), sentence);
        }
        assertThat(check.check(new Debounce("k".repeat(512), "5s", Mode.LEADING, null)))
                .isInstanceOf(Checked.Valid.class);
    }
}
