package dev.runyard.webapp.auth;

import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.api.shared.ErrorResponses;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderNotFoundException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;

/// One filter chain per kind of caller. The dashboard's two chains stand before these (order 10 and 20); the last chain
/// denies what no other one claims.
@Configuration(proxyBeanMethods = false)
class SecurityConfig {
    private static final String NO_KEY = "Invalid or Missing API key";

    private final ErrorResponses errors;

    SecurityConfig(ErrorResponses errors) {
        this.errors = errors;
    }

    /// The public API. Who may call which route is said by the routes; only those that ask for no credential are open.
    @Bean
    @Order(30)
    SecurityFilterChain apiChain(
            HttpSecurity http,
            RecognizeCaller callers,
            OpenRoutes open,
            RefusalLimit refusals,
            ObjectProvider<ApiChainFilter> filters)
            throws Exception {
        filters.orderedStream().forEach(one -> http.addFilterAfter(one.filter(), AnonymousAuthenticationFilter.class));
        return stateless(http)
                .securityMatcher("/api/**", "/realtime/**", "/engine/v1/runs/**")
                .cors(cors -> cors.configurationSource(anyOrigin()))
                .addFilterBefore(new ApiKeyFilter(callers, open, refusals, errors), AnonymousAuthenticationFilter.class)
                .authorizeHttpRequests(requests ->
                        requests.requestMatchers(open).permitAll().anyRequest().authenticated())
                .exceptionHandling(handling ->
                        handling.authenticationEntryPoint(askForKey()).accessDeniedHandler(deny(NO_KEY)))
                .build();
    }

    /// An environment's own workers call for each of their runs several times, so that no limit of calls holds for
    /// them:
    /// the environment's concurrency limit does.
    @Bean
    @Order(29)
    SecurityFilterChain ownWorkerChain(
            HttpSecurity http, RecognizeCaller callers, OpenRoutes open, RefusalLimit refusals) throws Exception {
        return stateless(http)
                .securityMatcher("/engine/v1/dev/**")
                .addFilterBefore(new ApiKeyFilter(callers, open, refusals, errors), AnonymousAuthenticationFilter.class)
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .exceptionHandling(handling ->
                        handling.authenticationEntryPoint(askForKey()).accessDeniedHandler(deny(NO_KEY)))
                .build();
    }

    @Bean
    @Order(31)
    SecurityFilterChain workerChain(HttpSecurity http, WorkerAuthenticator workers) throws Exception {
        return stateless(http)
                .securityMatcher("/engine/**")
                .addFilterBefore(new WorkerTokenFilter(workers), AnonymousAuthenticationFilter.class)
                .authorizeHttpRequests(requests -> requests.anyRequest().hasAuthority(Credential.WORKER.name()))
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(refuse("Invalid or missing worker token")))
                .build();
    }

    @Bean
    @Order(32)
    SecurityFilterChain runChain(HttpSecurity http, RunTokens tokens) throws Exception {
        return stateless(http)
                .securityMatcher("/otel/**")
                .addFilterBefore(new RunTokenFilter(tokens), AnonymousAuthenticationFilter.class)
                .authorizeHttpRequests(requests -> requests.anyRequest().hasAuthority(Credential.RUN.name()))
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(refuse("Invalid or missing run token")))
                .build();
    }

    /// Uploads of payloads: the signature of the address is the right to use it. Browsers upload too.
    @Bean
    @Order(33)
    SecurityFilterChain packetChain(HttpSecurity http) throws Exception {
        return stateless(http)
                .securityMatcher("/packets/**")
                .cors(cors -> cors.configurationSource(anyOrigin()))
                .authorizeHttpRequests(requests -> requests.requestMatchers("/packets/**")
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .exceptionHandling(handling -> handling.authenticationEntryPoint(
                        (_, response, _) -> errors.write(response, HttpStatus.NOT_FOUND, "Not found")))
                .build();
    }

    /// Health and metrics are open, nothing else is.
    @Bean
    @Order(100)
    SecurityFilterChain lastChain(HttpSecurity http) throws Exception {
        return stateless(http)
                .authorizeHttpRequests(requests -> requests.requestMatchers(
                                HttpMethod.GET, "/health/*", "/healthcheck", "/actuator/prometheus", "/error")
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .exceptionHandling(handling -> handling.authenticationEntryPoint(
                                (_, response, _) -> errors.write(response, HttpStatus.NOT_FOUND, "Not found"))
                        .accessDeniedHandler(
                                (_, response, _) -> errors.write(response, HttpStatus.NOT_FOUND, "Not found")))
                .build();
    }

    /// Task ids hold slashes and percent signs, which clients send encoded.
    @Bean
    HttpFirewall httpFirewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setAllowUrlEncodedSlash(true);
        firewall.setAllowUrlEncodedDoubleSlash(true);
        firewall.setAllowUrlEncodedPercent(true);
        firewall.setAllowUrlEncodedPeriod(true);
        firewall.setAllowSemicolon(true);
        return firewall;
    }

    /// Nobody signs in through Spring Security's own manager; without this bean it would invent a user.
    @Bean
    AuthenticationManager authenticationManager() {
        return authentication -> {
            throw new ProviderNotFoundException("no sign-in by " + authentication.getClass());
        };
    }

    private static HttpSecurity stateless(HttpSecurity http) throws Exception {
        return http.csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .securityContext(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
    }

    private AuthenticationEntryPoint askForKey() {
        return (request, response, _) -> {
            if (request.getHeader(HttpHeaders.AUTHORIZATION) == null) {
                errors.writeProblem(response, HttpStatus.UNAUTHORIZED, "No authorization header provided");
            } else {
                errors.write(response, HttpStatus.UNAUTHORIZED, NO_KEY);
            }
        };
    }

    private AuthenticationEntryPoint refuse(String sentence) {
        return (_, response, _) -> errors.write(response, HttpStatus.UNAUTHORIZED, sentence);
    }

    private AccessDeniedHandler deny(String sentence) {
        return (_, response, _) -> errors.write(response, HttpStatus.UNAUTHORIZED, sentence);
    }

    /// Keys are no cookies, so any page may call with the one it has; no answer tells a browser to send credentials
    /// along.
    private static CorsConfigurationSource anyOrigin() {
        CorsConfiguration cors = new CorsConfiguration();
        cors.setAllowedOrigins(List.of("*"));
        cors.setAllowedHeaders(List.of("*"));
        cors.setAllowedMethods(List.of("*"));
        cors.setExposedHeaders(List.of("*", "x-trigger-jwt", "x-trigger-jwt-claims"));
        cors.setMaxAge(Duration.ofHours(1));
        return _ -> cors;
    }
}
