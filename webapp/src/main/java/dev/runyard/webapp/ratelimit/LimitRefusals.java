package dev.runyard.webapp.ratelimit;

import dev.runyard.webapp.auth.RefusalLimit;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;

/// Lets an address try only so many wrong credentials. It holds nobody up who has a right one, also not from the same
/// address: many people may share it.
final class LimitRefusals implements RefusalLimit {
    private final RateLimitProperties properties;
    private final Buckets buckets;
    private final TooManyCalls tooMany;
    private final InstantSource clock;

    LimitRefusals(RateLimitProperties properties, Buckets buckets, TooManyCalls tooMany, InstantSource clock) {
        this.properties = properties;
        this.buckets = buckets;
        this.tooMany = tooMany;
        this.clock = clock;
    }

    @Override
    public boolean answers(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!properties.enabled()) {
            return false;
        }
        long now = clock.millis();
        Bucket.Answer answer = buckets.take("refused:" + request.getRemoteAddr(), properties.refusedBucket(), now);
        if (answer.isTaken()) {
            return false;
        }
        tooMany.addHeaders(response, answer);
        tooMany.refuse(response, answer, now, "calls with wrong credentials");
        return true;
    }
}
