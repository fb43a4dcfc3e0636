package dev.runyard.webapp.failure;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    private static final String TRACE = """
            java.io.IOException: refused
                at com.example.Mail.send(Mail.java:41)
                at com.example.Mail.main(Mail.java:7)
            """;

    @Test
    void numbersIdsAndNamesDoNotTellFailuresApart() {
        assertThat(Fingerprint.generalized("User 17 with order ord_8f3k2m9z failed after 250 ms"))
                .isEqualTo(Fingerprint.generalized("User 9000 with order ord_zz81mmq2 failed after 3 ms"));
        assertThat(Fingerprint.generalized("No file 'a.csv' in \"inbox\""))
                .isEqualTo(Fingerprint.generalized("No file 'b.csv' in \"outbox\""));
        assertThat(Fingerprint.generalized("run 0198c1de-aaaa-7bbb-8ccc-123456789abc"))
                .isEqualTo(Fingerprint.generalized("run 0198c1de-dddd-7eee-8fff-123456789abc"));
    }

    @Test
    void theLineOfTheFrameDoesNotTellFailuresApart() {
        assertThat(of("t", "IOException", "refused", TRACE))
                .isEqualTo(of("t", "IOException", "refused", TRACE.replace(":41", ":44")))
                .hasSize(16);
    }

    @Test
    void taskTypeMessageAndPlaceDo() {
        String one = of("t", "IOException", "refused", TRACE);

        assertThat(of("u", "IOException", "refused", TRACE)).isNotEqualTo(one);
        assertThat(of("t", "TimeoutException", "refused", TRACE)).isNotEqualTo(one);
        assertThat(of("t", "IOException", "reset", TRACE)).isNotEqualTo(one);
        assertThat(of("t", "IOException", "refused", TRACE.replace("Mail.send", "Mail.open")))
                .isNotEqualTo(one);
        assertThat(of("t", null, "refused", null)).isNotEqualTo(one);
    }

    @Test
    void onlyTheFirstLineOfAMessageCounts() {
        assertThat(Fingerprint.firstLine("\n one\ntwo")).isEqualTo("one");
        assertThat(Fingerprint.firstLine("")).isEmpty();
        assertThat(Fingerprint.firstLine("x".repeat(1_000))).hasSize(300);
    }

    private static String of(String task, @Nullable String name, String message, @Nullable String trace) {
        return Fingerprint.of(task, name, message, trace);
    }
}
