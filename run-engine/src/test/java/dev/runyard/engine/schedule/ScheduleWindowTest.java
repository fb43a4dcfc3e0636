package dev.runyard.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.runyard.engine.Shows;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleWindowTest {
    @ParameterizedTest
    @Shows({"SCT-1", "SCT-4", "SCT-5"})
    @CsvSource({
        "30m,30m",
        "90m,90m",
        "120m,2h",
        "24h,24h",
        " 2H ,2h",
        "90s,90s",
        "0m,0m",
        "0h,0m",
        "20%,20%",
        "0%,0%",
        "100%,100%"
    })
    void readsDurationsAndShares(String text, String normal) {
        ScheduleWindow window = ScheduleWindow.parse(text);
        assertThat(window).hasToString(normal);
        assertThat(ScheduleWindow.parse(normal)).isEqualTo(window);
    }

    @ParameterizedTest
    @Shows("SCT-2")
    @ValueSource(strings = {"", "m", "10", "-5m", "1.5h", "1h30m", "5 m", "10d", "%", "99999999m"})
    void refusesWhatIsNoWindow(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScheduleWindow.parse(text))
                .withMessage("Invalid window: '" + text
                        + "' is neither a duration such as 30m or 2h nor a share such as 20%.");
    }

    @ParameterizedTest
    @Shows("SCT-3")
    @ValueSource(strings = {"25h", "1441m", "86401s", "101%"})
    void refusesMoreThanADayOrThanTheWholeInterval(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScheduleWindow.parse(text))
                .withMessage("Invalid window: '" + text + "' is more than 24h or 100%.");
    }

    @Test
    @Shows("SCT-6")
    void refusesValuesThatNoTextCouldMean() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ScheduleWindow.Span(Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new ScheduleWindow.Span(Duration.ofHours(25)));
        assertThatIllegalArgumentException().isThrownBy(() -> new ScheduleWindow.Share(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> new ScheduleWindow.Share(101));
    }

    @Test
    @Shows("SCT-8")
    void cutsASharedMillisecondOff() {
        assertThat(new ScheduleWindow.Share(33).within(Duration.ofMillis(1_001)))
                .isEqualTo(Duration.ofMillis(330));
        assertThat(new ScheduleWindow.Share(100).within(Duration.ofMillis(1_001)))
                .isEqualTo(Duration.ofMillis(1_001));
    }
}
