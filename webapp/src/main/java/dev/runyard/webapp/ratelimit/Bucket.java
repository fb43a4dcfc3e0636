package dev.runyard.webapp.ratelimit;

import java.time.Duration;

/// A bucket of tokens: each call takes one, and they come back steadily.
///
/// @param capacity most tokens in it
/// @param refill tokens that come back in each interval
/// @param interval how often
record Bucket(long capacity, long refill, Duration interval) {
    Bucket {
        if (capacity < 1 || refill < 1 || interval.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "runyard.rate-limit: capacity, refill and interval must be 1 or more, not " + capacity + ", "
                            + refill + " and " + interval);
        }
    }

    /// Returns how long one token takes to come back.
    double millisPerToken() {
        return (double) interval.toMillis() / refill;
    }

    /// What is in a bucket after somebody asked for a token.
    ///
    /// @param isTaken whether they got one
    /// @param capacity most tokens in the bucket
    /// @param remaining whole tokens that are left
    /// @param resetMillis when to ask again, in milliseconds since 1970
    record Answer(boolean isTaken, long capacity, long remaining, long resetMillis) {}

    /// What a bucket held at some time.
    ///
    /// @param tokens how many, with fractions
    /// @param atMillis when
    record Level(double tokens, long atMillis) {}

    /// Returns what is in the bucket now.
    Level refilled(Level level, long nowMillis) {
        double back = Math.max(0, nowMillis - level.atMillis()) / millisPerToken();
        return new Level(Math.min(capacity, level.tokens() + back), Math.max(nowMillis, level.atMillis()));
    }

    /// Returns what to tell somebody who found this level after their try. While tokens are left, it is full again at
    /// the reset; when there is none, the next one is back at the reset.
    Answer answer(boolean isTaken, Level level) {
        double missing = isTaken && level.tokens() >= 1 ? capacity - level.tokens() : 1 - level.tokens();
        long wait = (long) Math.ceil(Math.max(0, missing) * millisPerToken());
        return new Answer(isTaken, capacity, (long) level.tokens(), level.atMillis() + wait);
    }
}
