package dev.runyard.webapp.ratelimit;

import dev.runyard.webapp.api.shared.ErrorResponses;
import dev.runyard.webapp.auth.CallerAuthentication;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/// Counts calls and refuses those that are too many. Every answer says what is left, in the headers that the official
/// client reads; it waits until the reset, which is in milliseconds.
final class RateLimitFilter extends OncePerRequestFilter {
    private static final long MILLIS = 1_000;

    private final RateLimitProperties properties;
    private final Buckets buckets;
    private final ErrorResponses errors;
    private final InstantSource clock;
    private final List<PathPattern> exempt;

    RateLimitFilter(RateLimitProperties properties, Buckets buckets, ErrorResponses errors, InstantSource clock) {
        this.properties = properties;
        this.buckets = buckets;
        this.errors = errors;
        this.clock = clock;
        this.exempt = properties.exempt().stream()
                .map(PathPatternParser.defaultInstance::parse)
                .toList();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long now = clock.millis();
        Bucket.Answer answer = take(request, now);
        response.setHeader("x-ratelimit-limit", String.valueOf(answer.capacity()));
        response.setHeader("x-ratelimit-remaining", String.valueOf(answer.remaining()));
        response.setHeader("x-ratelimit-reset", String.valueOf(answer.resetMillis()));
        if (answer.isTaken()) {
            chain.doFilter(request, response);
            return;
        }
        long seconds = Math.max(1, Math.ceilDiv(answer.resetMillis() - now, MILLIS));
        response.setHeader("retry-after", String.valueOf(seconds));
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("reset", answer.resetMillis());
        more.put("limit", answer.capacity());
        more.put("remaining", answer.remaining());
        more.put("secondsUntilReset", seconds);
        errors.writeProblem(
                response,
                HttpStatus.TOO_MANY_REQUESTS,
                new ErrorResponses.Problem(
                        "Rate Limit Exceeded",
                        "Rate limit exceeded: " + answer.capacity() + " calls at once, then "
                                + "steadily. Try again in " + seconds + " s.",
                        more));
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !properties.enabled()
                || request.getDispatcherType() != DispatcherType.REQUEST
                || HttpMethod.OPTIONS.matches(request.getMethod())
                || isExempt(request);
    }

    private boolean isExempt(HttpServletRequest request) {
        var path = ServletRequestPathUtils.parse(request).pathWithinApplication();
        return exempt.stream().anyMatch(pattern -> pattern.matches(path));
    }

    private Bucket.Answer take(HttpServletRequest request, long now) {
        Optional<CallerAuthentication.Holder> holder = CallerAuthentication.holder();
        if (holder.isEmpty()) {
            return buckets.take("address:" + request.getRemoteAddr(), properties.anonymousBucket(), now);
        }
        Bucket bucket = holder.get().isPublicToken() ? properties.publicTokenBucket() : properties.environmentBucket();
        return buckets.take(holder.get().key(), bucket, now);
    }
}
