package dev.runyard.sdk.run;

import java.util.Locale;

/** For whom an idempotency key is the same. */
public enum IdempotencyScope {
    /** For all attempts of one run: what a run triggers is triggered once, however often it is retried. */
    RUN,
    /** For one attempt: a retry triggers again. */
    ATTEMPT,
    /** For everybody in the environment. */
    GLOBAL;

    /** Returns the word on the wire. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
