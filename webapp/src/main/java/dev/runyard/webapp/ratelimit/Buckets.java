package dev.runyard.webapp.ratelimit;

/// Where the levels of buckets are kept.
interface Buckets {
    /// Asks for a token.
    ///
    /// @param key whose bucket
    /// @param bucket of which size
    /// @param nowMillis the time in milliseconds since 1970
    Bucket.Answer take(String key, Bucket bucket, long nowMillis);
}
