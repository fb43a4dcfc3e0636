package dev.runyard.webapp.control;

import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.JsonBody;
import dev.runyard.webapp.auth.AuthProperties;
import dev.runyard.webapp.auth.ScopeCheck;
import dev.runyard.webapp.session.SignedInUser;
import dev.runyard.webapp.tenant.KeyRing;
import dev.runyard.webapp.tenant.Role;
import dev.runyard.webapp.tenant.TenantEnvironment;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
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

/// Keys of an environment. A key is shown once, when it is made.
@RestController
@Permit(to = Credential.SESSION)
@RequestMapping("/api/dashboard/v1/environments/{environment}/keys")
class KeyController {
    private static final int MAX_BODY = 65_536;
    private static final int MAX_NAME = 100;
    private static final int MAX_SCOPES = 100;

    private final KeyRing keys;
    private final SignedInAccess access;
    private final JsonBody bodies;
    private final AuthProperties auth;
    private final InstantSource clock;

    KeyController(KeyRing keys, SignedInAccess access, JsonBody bodies, AuthProperties auth, InstantSource clock) {
        this.keys = keys;
        this.access = access;
        this.bodies = bodies;
        this.auth = auth;
        this.clock = clock;
    }

    record KeyList(List<KeyRing.ListedKey> data) {}

    /// @param name what people will call it
    /// @param scopes what it permits
    /// @param expiresAt when it ends
    record KeyRequest(
            @Nullable String name,
            @Nullable List<String> scopes,
            @Nullable Instant expiresAt) {}

    /// @param key itself, which nobody can read again
    record MadeKey(UUID id, String key) {}

    /// @param immediately whether the former key ends at once
    record RotateRequest(@Nullable Boolean immediately) {}

    /// @param key the environment's new key
    /// @param formerKeyEndsAt until when the former one is still taken
    record Rotated(String key, Instant formerKeyEndsAt) {}

    @GetMapping
    KeyList list(@AuthenticationPrincipal SignedInUser user, @PathVariable String environment) {
        return new KeyList(
                keys.list(access.environment(user, environment, Role.ADMIN).id()));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    MadeKey create(
            @AuthenticationPrincipal SignedInUser user, @PathVariable String environment, HttpServletRequest request)
            throws IOException {
        TenantEnvironment found = access.environment(user, environment, Role.ADMIN);
        KeyRing.NewKey made = keys.create(found, sound(bodies.read(request, MAX_BODY, KeyRequest.class), user));
        access.note(
                user,
                request,
                SignedInAccess.Done.in(found, "key.create", made.id().toString()));
        return new MadeKey(made.id(), made.key().value());
    }

    @DeleteMapping("/{key}")
    ResponseEntity<Void> revoke(
            @AuthenticationPrincipal SignedInUser user,
            @PathVariable String environment,
            @PathVariable String key,
            HttpServletRequest request) {
        TenantEnvironment found = access.environment(user, environment, Role.ADMIN);
        if (!keys.revoke(found.id(), SignedInAccess.uuid("key", key))) {
            throw SignedInAccess.unknown("key");
        }
        access.note(user, request, SignedInAccess.Done.in(found, "key.revoke", key));
        return ResponseEntity.noContent().build();
    }

    @PostMapping("/rotate")
    Rotated rotate(
            @AuthenticationPrincipal SignedInUser user, @PathVariable String environment, HttpServletRequest request)
            throws IOException {
        TenantEnvironment found = access.environment(user, environment, Role.ADMIN);
        if (found.place().parent() != null) {
            throw ApiException.unprocessable("A branch has no key of its own. Rotate the preview environment's key.");
        }
        RotateRequest body = bodies.readOptional(request, MAX_BODY, RotateRequest.class);
        Duration overlap = Boolean.TRUE.equals(body.immediately()) ? Duration.ZERO : auth.keyRotationOverlap();
        String key = keys.rotate(found.id(), overlap).value();
        access.note(
                user,
                request,
                SignedInAccess.Done.in(found, "key.rotate", found.id().toString()));
        return new Rotated(key, clock.instant().plus(overlap));
    }

    private KeyRing.KeyRequest sound(KeyRequest request, SignedInUser user) {
        String name = Objects.requireNonNullElse(request.name(), "").strip();
        if (name.isEmpty() || name.length() > MAX_NAME) {
            throw ApiException.invalidBody("name", "must have 1 to " + MAX_NAME + " characters");
        }
        List<String> scopes = Objects.requireNonNullElse(request.scopes(), List.of());
        if (scopes.isEmpty() || scopes.size() > MAX_SCOPES || !scopes.stream().allMatch(ScopeCheck::isSound)) {
            throw ApiException.invalidBody("scopes", "must be 1 to " + MAX_SCOPES + " scopes such as read:runs");
        }
        if (request.expiresAt() != null && !request.expiresAt().isAfter(clock.instant())) {
            throw ApiException.invalidBody("expiresAt", "must be in the future");
        }
        return new KeyRing.KeyRequest(name, scopes, request.expiresAt(), user.id());
    }
}
