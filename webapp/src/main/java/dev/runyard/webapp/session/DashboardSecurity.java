package dev.runyard.webapp.session;

import dev.runyard.webapp.config.AppProperties;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.session.NullAuthenticatedSessionStrategy;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import tools.jackson.databind.json.JsonMapper;

/// Who may use the dashboard's interface: people with a session, and for every call that changes something
/// a token that only pages of our own origin can read (threat S12).
@Configuration(proxyBeanMethods = false)
class DashboardSecurity {
    private static final String ROOT = "/api/dashboard/v1";

    private final JsonMapper json;
    private final boolean isSecure;

    DashboardSecurity(JsonMapper json, AppProperties app) {
        this.json = json;
        this.isSecure = "https".equals(app.origin().getScheme());
    }

    @Bean
    @Order(10)
    SecurityFilterChain dashboardChain(HttpSecurity http, WebSessionRepository sessions, InstantSource clock)
            throws Exception {
        return http.securityMatcher("/api/dashboard/**")
                // The token stays the same from call to call: a page sends several at once.
                .csrf(csrf -> csrf.spa()
                        .csrfTokenRepository(csrfCookie())
                        .sessionAuthenticationStrategy(new NullAuthenticatedSessionStrategy()))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(cache -> cache.disable())
                .logout(logout -> logout.disable())
                .addFilterBefore(new SessionFilter(sessions, clock), AnonymousAuthenticationFilter.class)
                .authorizeHttpRequests(
                        requests -> requests.requestMatchers(HttpMethod.POST, ROOT + "/login", ROOT + "/login/mail")
                                .permitAll()
                                .requestMatchers(
                                        HttpMethod.GET,
                                        ROOT + "/login/options",
                                        ROOT + "/login/oidc",
                                        ROOT + "/login/oidc/callback")
                                .permitAll()
                                .anyRequest()
                                .authenticated())
                .exceptionHandling(errors -> errors.authenticationEntryPoint(
                                (_, response, _) -> refuse(response, HttpStatus.UNAUTHORIZED, "Sign in first."))
                        .accessDeniedHandler((_, response, _) -> refuse(
                                response,
                                HttpStatus.FORBIDDEN,
                                "The request lacks the header X-XSRF-TOKEN with the value of the cookie XSRF-TOKEN.")))
                .build();
    }

    /// The pages themselves hold nothing secret; they may only load and run what this server sends.
    @Bean
    @Order(20)
    SecurityFilterChain pagesChain(HttpSecurity http) throws Exception {
        return http.securityMatcher(DashboardSecurity::isPage)
                .csrf(csrf -> csrf.disable())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(cache -> cache.disable())
                .logout(logout -> logout.disable())
                .headers(headers -> headers.cacheControl(cache -> cache.disable())
                        .contentSecurityPolicy(policy -> policy.policyDirectives("default-src 'self'; "
                                + "style-src 'self'; img-src 'self' data:; object-src 'none'; "
                                + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"))
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER)))
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    /// Pages must be able to read it, but where people come by TLS no connection without it shall carry it.
    private CookieCsrfTokenRepository csrfCookie() {
        CookieCsrfTokenRepository cookie = CookieCsrfTokenRepository.withHttpOnlyFalse();
        if (isSecure) {
            cookie.setCookieCustomizer(attributes -> attributes.secure(true));
        }
        return cookie;
    }

    private static boolean isPage(HttpServletRequest request) {
        String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        boolean reads = HttpMethod.GET.matches(request.getMethod()) || HttpMethod.HEAD.matches(request.getMethod());
        return reads && PagePaths.isPageOrAsset(path);
    }

    private void refuse(HttpServletResponse response, HttpStatus status, String sentence) throws IOException {
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        json.writeValue(response.getOutputStream(), ProblemDetail.forStatusAndDetail(status, sentence));
    }
}
