package dev.runyard.webapp.control;

import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.JsonBody;
import dev.runyard.webapp.session.SignedInUser;
import dev.runyard.webapp.tenant.OrganizationTokens;
import dev.runyard.webapp.tenant.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Tokens of an organization, as its admins make and end them.
@RestController
@Permit(to = Credential.SESSION)
@RequestMapping("/api/dashboard/v1/organizations/{organization}/tokens")
class OrganizationTokenController {
    private static final int MAX_BODY = 4_096;
    private static final int MAX_NAME = 100;

    private final OrganizationTokens tokens;
    private final SignedInAccess access;
    private final JsonBody bodies;
    private final InstantSource clock;

    OrganizationTokenController(
            OrganizationTokens tokens, SignedInAccess access, JsonBody bodies, InstantSource clock) {
        this.tokens = tokens;
        this.access = access;
        this.bodies = bodies;
        this.clock = clock;
    }

    record TokenList(List<OrganizationTokens.Listed> data) {}

    /// @param name what people call it
    /// @param expiresAt when it ends
    record TokenRequest(@Nullable String name, @Nullable Instant expiresAt) {}

    /// @param token itself, which nobody can read again
    record MadeToken(UUID id, String token) {}

    @GetMapping
    TokenList list(@AuthenticationPrincipal SignedInUser user, @PathVariable String organization) {
        return new TokenList(tokens.list(access.organization(user, organization, Role.ADMIN)));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    MadeToken create(
            @AuthenticationPrincipal SignedInUser user, @PathVariable String organization, HttpServletRequest request)
            throws IOException {
        UUID id = access.organization(user, organization, Role.ADMIN);
        OrganizationTokens.Made made =
                tokens.create(id, sound(bodies.read(request, MAX_BODY, TokenRequest.class), user));
        access.note(
                user,
                request,
                new SignedInAccess.Done(
                        id, null, "organization-token.create", made.id().toString()));
        return new MadeToken(made.id(), made.token().value());
    }

    @DeleteMapping("/{token}")
    ResponseEntity<Void> revoke(
            @AuthenticationPrincipal SignedInUser user,
            @PathVariable String organization,
            @PathVariable String token,
            HttpServletRequest request) {
        UUID id = access.organization(user, organization, Role.ADMIN);
        if (!tokens.revoke(id, SignedInAccess.uuid("token", token))) {
            throw SignedInAccess.unknown("token");
        }
        access.note(user, request, new SignedInAccess.Done(id, null, "organization-token.revoke", token));
        return ResponseEntity.noContent().build();
    }

    private OrganizationTokens.Order sound(TokenRequest request, SignedInUser user) {
        String name = Objects.requireNonNullElse(request.name(), "").strip();
        if (name.isEmpty() || name.length() > MAX_NAME) {
            throw ApiException.invalidBody("name", "must have 1 to " + MAX_NAME + " characters");
        }
        if (request.expiresAt() != null && !request.expiresAt().isAfter(clock.instant())) {
            throw ApiException.invalidBody("expiresAt", "must be in the future");
        }
        return new OrganizationTokens.Order(name, request.expiresAt(), user.id());
    }
}
