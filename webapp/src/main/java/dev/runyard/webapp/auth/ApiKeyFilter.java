package dev.runyard.webapp.auth;

import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.api.shared.ErrorResponses;
import dev.runyard.webapp.tenant.TenantDirectory;
import dev.runyard.webapp.tenant.TenantEnvironment;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/// Recognizes secret keys and public tokens. A request without a credential goes on: the rules of its route decide.
final class ApiKeyFilter extends OncePerRequestFilter {
    private static final List<String> OTHER_KINDS = List.of("tr_pat_", "tr_oat_", "tr_uat_", "pk_");

    private final TenantDirectory tenants;
    private final PublicTokens tokens;
    private final OpenRoutes open;
    private final ErrorResponses errors;

    ApiKeyFilter(TenantDirectory tenants, PublicTokens tokens, OpenRoutes open, ErrorResponses errors) {
        this.tenants = tenants;
        this.tokens = tokens;
        this.open = open;
        this.errors = errors;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> credential = Bearer.read(request);
        if (credential.isPresent() && !open.matches(request)) {
            switch (recognize(credential.get())) {
                case Recognized.Caller(ApiCaller caller) -> CallerAuthentication.set(caller, credential(caller));
                case Recognized.Refused(String sentence) -> {
                    errors.write(response, HttpStatus.UNAUTHORIZED, sentence);
                    return;
                }
            }
        }
        chain.doFilter(request, response);
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    private sealed interface Recognized {
        record Caller(ApiCaller caller) implements Recognized {}

        record Refused(String sentence) implements Recognized {}
    }

    private Recognized recognize(String credential) {
        if (OTHER_KINDS.stream().anyMatch(credential::startsWith)) {
            return new Recognized.Refused("Invalid or Missing API key");
        }
        if (tokens.isPublicToken(credential)) {
            return switch (tokens.verify(credential)) {
                case PublicTokens.Verdict.Valid(TenantEnvironment environment, PublicTokens.Claims claims) ->
                    new Recognized.Caller(new ApiCaller(environment, publicAccess(credential, claims)));
                case PublicTokens.Verdict.Refused(String sentence) -> new Recognized.Refused(sentence);
            };
        }
        return tenants.findByKey(credential)
                .<Recognized>map(environment ->
                        new Recognized.Caller(new ApiCaller(environment, new ApiCaller.Access.SecretKey())))
                .orElseGet(() -> new Recognized.Refused("Invalid API key"));
    }

    private static ApiCaller.Access publicAccess(String token, PublicTokens.Claims claims) {
        List<Scope> scopes = Objects.requireNonNullElse(claims.scopes(), List.<String>of()).stream()
                .map(Scope::parse)
                .flatMap(Optional::stream)
                .toList();
        return new ApiCaller.Access.PublicToken(token, scopes, claims);
    }

    private static Credential credential(ApiCaller caller) {
        return switch (caller.access()) {
            case ApiCaller.Access.SecretKey _ -> Credential.KEY;
            case ApiCaller.Access.PublicToken _ -> Credential.PUBLIC_TOKEN;
        };
    }
}
