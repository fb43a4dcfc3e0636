package dev.runyard.webapp.ratelimit;

import dev.runyard.webapp.auth.CallerAuthentication;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpMethod;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/// Counts calls and refuses those that are too many. Every answer says what is left.
final class RateLimitFilter extends OncePerRequestFilter {
    private final RateLimitProperties properties;
    private final Buckets buckets;
    private final TooManyCalls tooMany;
    private final InstantSource clock;
    private final List<PathPattern> exempt;

    RateLimitFilter(RateLimitProperties properties, Buckets buckets, TooManyCalls tooMany, InstantSource clock) {
        this.properties = properties;
        this.buckets = buckets;
        this.tooMany = tooMany;
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
        tooMany.addHeaders(response, answer);
        if (answer.isTaken()) {
            chain.doFilter(request, response);
            return;
        }
        tooMany.refuse(response, answer, now, "calls");
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
