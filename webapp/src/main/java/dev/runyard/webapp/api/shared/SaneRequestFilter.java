package dev.runyard.webapp.api.shared;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Refuses what no route can mean and what libraries behind this stumble over: U+0000 in the query, which PostgreSQL
/// cannot compare with, and a content type that names none.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class SaneRequestFilter extends OncePerRequestFilter {
    private final ErrorResponses errors;

    SaneRequestFilter(ErrorResponses errors) {
        this.errors = errors;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String type = request.getContentType();
        String query = request.getQueryString();
        if (type != null && type.indexOf('*') >= 0) {
            errors.write(response, HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Content-Type must name one media type");
        } else if (query != null && query.contains("%00")) {
            errors.write(response, HttpStatus.BAD_REQUEST, "The query must not hold the character U+0000");
        } else {
            chain.doFilter(request, response);
        }
    }
}
