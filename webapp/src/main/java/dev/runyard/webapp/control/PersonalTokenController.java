package dev.runyard.webapp.control;

import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.JsonBody;
import dev.runyard.webapp.session.SignedInUser;
import dev.runyard.webapp.tenant.AuditPerson;
import dev.runyard.webapp.tenant.AuthorizationCodes;
import dev.runyard.webapp.tenant.PersonalTokens;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
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

/// A person's own tokens, and the tools that wait for one.
@RestController
@Permit(to = Credential.SESSION)
@RequestMapping("/api/dashboard/v1")
class PersonalTokenController {
    private static final int MAX_BODY = 4_096;
    private static final int MAX_NAME = 100;

    private final PersonalTokens tokens;
    private final AuthorizationCodes codes;
    private final AuditPerson audit;
    private final JsonBody bodies;

    PersonalTokenController(PersonalTokens tokens, AuthorizationCodes codes, AuditPerson audit, JsonBody bodies) {
        this.tokens = tokens;
        this.codes = codes;
        this.audit = audit;
        this.bodies = bodies;
    }

    record TokenList(List<PersonalTokens.Listed> data) {}

    /// @param name what its owner calls it
    record TokenRequest(@Nullable String name) {}

    /// @param token itself, which nobody can read again
    record MadeToken(String token) {}

    @GetMapping("/personal-tokens")
    TokenList list(@AuthenticationPrincipal SignedInUser user) {
        return new TokenList(tokens.list(user.id()));
    }

    @PostMapping("/personal-tokens")
    @ResponseStatus(HttpStatus.CREATED)
    MadeToken create(@AuthenticationPrincipal SignedInUser user, HttpServletRequest request) throws IOException {
        String name = Objects.requireNonNullElse(
                        bodies.read(request, MAX_BODY, TokenRequest.class).name(), "")
                .strip();
        if (name.isEmpty() || name.length() > MAX_NAME) {
            throw ApiException.invalidBody("name", "must have 1 to " + MAX_NAME + " characters");
        }
        MadeToken made = new MadeToken(tokens.create(user.id(), name).value());
        note(user, request, "personal-token.create", name);
        return made;
    }

    @DeleteMapping("/personal-tokens/{token}")
    ResponseEntity<Void> revoke(
            @AuthenticationPrincipal SignedInUser user, @PathVariable String token, HttpServletRequest request) {
        if (!tokens.revoke(user.id(), SignedInAccess.uuid("token", token))) {
            throw SignedInAccess.unknown("token");
        }
        note(user, request, "personal-token.revoke", token);
        return ResponseEntity.noContent().build();
    }

    /// Lets the tool that shows this code act for the person.
    @PostMapping("/authorization-codes/{code}/confirm")
    ResponseEntity<Void> confirm(
            @AuthenticationPrincipal SignedInUser user, @PathVariable String code, HttpServletRequest request) {
        if (!codes.confirm(code, user.id())) {
            throw SignedInAccess.unknown("code; it was used before or is too old");
        }
        note(user, request, "personal-token.create", "command line");
        return ResponseEntity.noContent().build();
    }

    private void note(SignedInUser user, HttpServletRequest request, String action, String target) {
        audit.add(new AuditPerson.Actor(user.id(), user.email(), request.getRemoteAddr()), action, target);
    }
}
