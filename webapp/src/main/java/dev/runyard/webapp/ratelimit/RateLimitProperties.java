package dev.runyard.webapp.ratelimit;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How many calls the public API takes.
///
/// @param enabled whether calls are counted at all
/// @param store where the counts are
/// @param capacity most calls at once with the keys of one environment, or with one personal token
/// @param refill how many of them come back in each interval
/// @param publicTokenCapacity most calls at once with one public token
/// @param publicTokenRefill how many of them come back in each interval
/// @param anonymousCapacity most calls at once of one address to routes that ask for no credential
/// @param anonymousRefill how many of them come back in each interval
/// @param refusedCapacity most calls at once of one address with credentials that are refused
/// @param refusedRefill how many of them come back in each interval
/// @param interval how often calls come back
/// @param exempt patterns of paths that are not counted
@ConfigurationProperties("runyard.rate-limit")
record RateLimitProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("memory") Store store,
        @DefaultValue("200000") long capacity,
        @DefaultValue("100000") long refill,
        @DefaultValue("600") long publicTokenCapacity,
        @DefaultValue("100") long publicTokenRefill,
        @DefaultValue("600") long anonymousCapacity,
        @DefaultValue("100") long anonymousRefill,
        @DefaultValue("100") long refusedCapacity,
        @DefaultValue("20") long refusedRefill,
        @DefaultValue("10s") Duration interval,

        @DefaultValue({
            "/api/v1/timezones",
            "/api/v1/auth/jwt/claims",
            "/api/v1/packets/**",
            "/api/v2/packets/**",
            "/api/v1/deployments/current",
            "/api/v1/waitpoints/tokens/*/callback/*",
            "/api/v3/batches/*/items",
            "/engine/**"
        })
        List<String> exempt) {

    /// Where the counts are.
    enum Store {
        /// In this process; with several webapps, each counts for itself.
        MEMORY,
        /// In Redis; while it is away, each webapp counts for itself.
        REDIS
    }

    Bucket environmentBucket() {
        return new Bucket(capacity, refill, interval);
    }

    Bucket publicTokenBucket() {
        return new Bucket(publicTokenCapacity, publicTokenRefill, interval);
    }

    Bucket refusedBucket() {
        return new Bucket(refusedCapacity, refusedRefill, interval);
    }

    Bucket anonymousBucket() {
        return new Bucket(anonymousCapacity, anonymousRefill, interval);
    }
}
