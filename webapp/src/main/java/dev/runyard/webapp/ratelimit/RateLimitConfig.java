package dev.runyard.webapp.ratelimit;

import dev.runyard.webapp.api.shared.ErrorResponses;
import dev.runyard.webapp.auth.ApiChainFilter;
import dev.runyard.webapp.auth.RefusalLimit;
import dev.runyard.webapp.config.EngineProperties;
import dev.runyard.webapp.config.RedisProperties;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the limits behind the recognition of callers.
@Configuration(proxyBeanMethods = false)
class RateLimitConfig {
    @Bean
    Buckets buckets(RateLimitProperties properties, RedisProperties redis, EngineProperties engine) {
        return switch (properties.store()) {
            case MEMORY -> new MemoryBuckets();
            case REDIS -> new RedisBuckets(redis.url().value(), engine.redisKeyPrefix());
        };
    }

    @Bean
    TooManyCalls tooManyCalls(ErrorResponses errors) {
        return new TooManyCalls(errors);
    }

    @Bean
    RefusalLimit refusalLimit(
            RateLimitProperties properties, Buckets buckets, TooManyCalls tooMany, InstantSource clock) {
        return new LimitRefusals(properties, buckets, tooMany, clock);
    }

    @Bean
    ApiChainFilter rateLimits(
            RateLimitProperties properties, Buckets buckets, TooManyCalls tooMany, InstantSource clock) {
        // Wrong settings stop the start and not the first call.
        properties.environmentBucket();
        properties.publicTokenBucket();
        properties.anonymousBucket();
        properties.refusedBucket();
        return new ApiChainFilter(new RateLimitFilter(properties, buckets, tooMany, clock));
    }
}
