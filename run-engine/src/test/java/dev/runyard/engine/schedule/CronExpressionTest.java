package dev.runyard.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runyard.engine.Shows;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronExpressionTest {
    private static final LocalDateTime START = LocalDateTime.parse("2026-08-01T10:00");

    private static List<LocalDateTime> next(String cron, int count) {
        CronExpression expression = CronExpression.parse(cron);
        List<LocalDateTime> times = new ArrayList<>();
        LocalDateTime last = START;
        for (int i = 0; i < count; i++) {
            last = expression.next(last);
            times.add(last);
        }
        return times;
    }

    @ParameterizedTest
    @Shows("SCC-4")
    @CsvSource(delimiter = '|', textBlock = """
            * * * * *           | 2026-08-01T10:01 | 2026-08-01T10:02
            0 */2 * * *         | 2026-08-01T12:00 | 2026-08-01T14:00
            0 9 * * *           | 2026-08-02T09:00 | 2026-08-03T09:00
            5/20 * * * *        | 2026-08-01T10:05 | 2026-08-01T10:25
            1-7/3,30 10 * * *   | 2026-08-01T10:01 | 2026-08-01T10:04
            0 0 31 * *          | 2026-08-31T00:00 | 2026-10-31T00:00
            0 0 29 2 *          | 2028-02-29T00:00 | 2032-02-29T00:00
            0 0 * feb 1#5       | 2044-02-29T00:00 | 2072-02-29T00:00
            0 0 L * *           | 2026-08-31T00:00 | 2026-09-30T00:00
            0 0 L-2 * ?         | 2026-08-29T00:00 | 2026-09-28T00:00
            0 0 LW * *          | 2026-08-31T00:00 | 2026-09-30T00:00
            0 0 15W * *         | 2026-08-14T00:00 | 2026-09-15T00:00
            0 0 1W 8 *          | 2026-08-03T00:00 | 2027-08-02T00:00
            0 0 31W 5,1 ?       | 2027-01-29T00:00 | 2027-05-31T00:00
            0 0 ? * 1L          | 2026-08-31T00:00 | 2026-09-28T00:00
            0 0 * * FRIL        | 2026-08-28T00:00 | 2026-09-25T00:00
            0 0 * * 5#3         | 2026-08-21T00:00 | 2026-09-18T00:00
            0 0 * * mon-wed     | 2026-08-03T00:00 | 2026-08-04T00:00
            0 0 * * 7           | 2026-08-02T00:00 | 2026-08-09T00:00
            0 0 * * SAT-SUN     | 2026-08-02T00:00 | 2026-08-08T00:00
            0 0 13 * 5          | 2026-08-07T00:00 | 2026-08-13T00:00
            0 0 1-31 * 5        | 2026-08-07T00:00 | 2026-08-14T00:00
            @hourly             | 2026-08-01T11:00 | 2026-08-01T12:00
            @Daily              | 2026-08-02T00:00 | 2026-08-03T00:00
            @weekly             | 2026-08-02T00:00 | 2026-08-09T00:00
            @monthly            | 2026-09-01T00:00 | 2026-10-01T00:00
            @yearly             | 2027-01-01T00:00 | 2028-01-01T00:00
            @weekdays           | 2026-08-03T00:00 | 2026-08-04T00:00
            """)
    void findsTheNextTimes(String cron, LocalDateTime first, LocalDateTime second) {
        assertThat(next(cron, 2)).containsExactly(first, second);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            0 0 9 * * *      | CRON expressions with seconds are not allowed: write the five fields minute, hour, day of month, month and day of week (an example: 0 9 * * MON-FRI)
            0 9 *            | a cron expression has five fields, minute, hour, day of month, month and day of week, and not 3 (an example: 0 9 * * MON-FRI)
            61 * * * *       | the minute field "61" is out of range: 61 is not 0 to 59 (an example: */15)
            0 24 * * *       | the hour field "24" is out of range: 24 is not 0 to 23 (an example: 9-17)
            0 0 0 * *        | the day of month field "0" is out of range: 0 is not 1 to 31 (an example: 1,15 or L)
            0 0 * JANU *     | the month field "JANU" has "JANU" where a number or a name such as FEB should be (an example: JAN-MAR or 1-3)
            0 0 * * 8        | the day of week field "8" is out of range: 8 is not 0 to 7 (an example: MON-FRI or 5L)
            0 0 * * L        | the day of week field "L" does not say which day: write 5L for the last Friday of a month (an example: MON-FRI or 5L)
            0 0 * * 1#6      | the day of week field "1#6" has no number from 1 to 5 behind "#": 1#2 is the second Monday (an example: MON-FRI or 5L)
            */0 * * * *      | the minute field "*/0" has a step of 0, which would never move on (an example: */15)
            0/5/5 * * * *    | the minute field "0/5/5" has more than one "/" (an example: */15)
            0 22-2 * * *     | the hour field "22-2" has a range that runs backwards: write 22-23 and 0-2, separated by a comma (an example: 9-17)
            0 1, * * *       | the hour field "1," has "" where a number should be (an example: 9-17)
            ? * * * *        | the minute field "?" has "?" where a number should be (an example: */15)
            0 0 30 2 *       | no day matches "0 0 30 2 *": day 30 does not occur in month 2 (an example: 0 9 1 * *)
            0 0 31W FEB,APR ?| no day matches "0 0 31W FEB,APR ?": day 31W does not occur in month FEB,APR (an example: 0 9 1 * *)
            @fortnightly     | "@fortnightly" is no known name; @hourly, @daily, @weekly, @monthly and @yearly are
            """)
    void saysWhatIsWrongAndShowsAnExample(String cron, String sentence) {
        assertThatThrownBy(() -> CronExpression.parse(cron))
                .isInstanceOf(CronSyntaxException.class)
                .hasMessage(sentence);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "99999999999 * * * *",
                "٣ * * * *",
                "1--2 * * * *",
                "-1 * * * *",
                "* * W * *",
                "* * L-31 * *"
            })
    void refusesWhatIsNoCron(String text) {
        assertThatThrownBy(() -> CronExpression.parse(text)).isInstanceOf(CronSyntaxException.class);
    }

    @Test
    void refusesLongTextsBeforeReadingThem() {
        assertThatThrownBy(() -> CronExpression.parse("0,".repeat(1_000_000)))
                .hasMessage("a cron expression has at most 256 characters");
    }

    @Test
    void agreesWithAScanOfEveryDay() {
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        for (int i = 0; i < 400; i++) {
            String cron = randomCron(random);
            NaiveCron naive = new NaiveCron(cron);
            List<LocalDate> expected = LocalDate.of(2026, 8, 2)
                    .datesUntil(LocalDate.of(2030, 8, 2))
                    .filter(naive::matches)
                    .toList();
            List<LocalDate> found = new ArrayList<>();
            CronExpression expression;
            try {
                expression = CronExpression.parse(cron);
            } catch (CronSyntaxException e) {
                assertThat(expected).as(cron).isEmpty();
                continue;
            }
            LocalDateTime time = LocalDateTime.parse("2026-08-01T23:59:59");
            for (time = expression.next(time); time.isBefore(LocalDateTime.parse("2030-08-02T00:00")); ) {
                found.add(time.toLocalDate());
                time = expression.next(time);
            }
            assertThat(found).as(cron).isEqualTo(expected);
        }
    }

    /// One time of day, and random days.
    private static String randomCron(RandomGenerator random) {
        return random.nextInt(60) + " " + random.nextInt(24) + " "
                + switch (random.nextInt(7)) {
                    case 0 -> "*";
                    case 1 -> "L";
                    case 2 -> "L-" + random.nextInt(1, 15);
                    case 3 -> random.nextInt(1, 32) + "W," + random.nextInt(1, 32);
                    case 4 -> "LW";
                    case 5 -> random.nextInt(1, 10) + "-" + random.nextInt(10, 32) + "/" + random.nextInt(1, 9);
                    default -> random.nextInt(1, 32) + "";
                }
                + " " + (random.nextBoolean() ? "*" : random.nextInt(1, 13) + "")
                + " "
                + switch (random.nextInt(6)) {
                    case 0 -> random.nextInt(8) + "";
                    case 1 -> random.nextInt(8) + "L";
                    case 2 -> random.nextInt(8) + "#" + random.nextInt(1, 6);
                    case 3 -> "1-" + random.nextInt(1, 7);
                    default -> "*";
                };
    }
}
