package dev.runyard.webapp.session.oidc;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.session.LoginAttempts;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The way to the identity provider and back, as a browser takes it: each answer is a redirect, also where somebody is
/// refused. Nothing here changes what a page of another origin could want changed; the way back proves by its cookie
/// that it began in the same browser.
@RestController
@Permit(to = Credential.NONE)
@RequestMapping("/api/dashboard/v1/login")
class OidcController {
    static final String ROOT = "/api/dashboard/v1/login/oidc";
    static final String RETURN = "/callback";

    private static final Logger LOG = LoggerFactory.getLogger(OidcController.class);

    private final LeaveForProvider leave;
    private final ReturnFromProvider comeBack;
    private final AttemptCookie cookie;
    private final LoginAttempts tries;
    private final OidcProperties properties;

    OidcController(
            LeaveForProvider leave,
            ReturnFromProvider comeBack,
            AttemptCookie cookie,
            LoginAttempts tries,
            OidcProperties properties) {
        this.leave = leave;
        this.comeBack = comeBack;
        this.cookie = cookie;
        this.tries = tries;
        this.properties = properties;
    }

    /// What the sign-in page shows.
    ///
    /// @param oidc the identity provider's button, where there is one
    /// @param refusal why somebody was sent back to the page
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Options(@Nullable Button oidc, @Nullable String refusal) {}

    /// @param label what it says
    /// @param href where it leads
    record Button(String label, String href) {}

    @GetMapping("/options")
    Options options(@RequestParam(required = false) @Nullable String refused) {
        return new Options(
                properties.isOffered() ? new Button(properties.label(), ROOT) : null,
                Optional.ofNullable(refused)
                        .flatMap(Refusal::of)
                        .map(Refusal::sentence)
                        .orElse(null));
    }

    @GetMapping("/oidc")
    ResponseEntity<Void> leave(@RequestParam(required = false) @Nullable String to, HttpServletRequest request) {
        try {
            count("leave", request);
            LeaveForProvider.Departure departure = leave.leave(to);
            return redirect(departure.address())
                    .header(HttpHeaders.SET_COOKIE, departure.cookie())
                    .build();
        } catch (RefusedSignInException e) {
            return refuse(e, request);
        }
    }

    @GetMapping("/oidc" + RETURN)
    ResponseEntity<Void> comeBack(
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String code,
            @RequestParam(required = false) @Nullable String error,
            HttpServletRequest request) {
        try {
            count("return", request);
            ReturnFromProvider.Arrival arrival =
                    comeBack.arrive(new ReturnFromProvider.Answer(state, code, error), request);
            return redirect(arrival.path())
                    .header(HttpHeaders.SET_COOKIE, cookie.expire(), arrival.cookie())
                    .build();
        } catch (RefusedSignInException e) {
            return refuse(e, request);
        }
    }

    private void count(String step, HttpServletRequest request) {
        if (!tries.allow("oidc " + step + " " + request.getRemoteAddr())) {
            throw new RefusedSignInException(Refusal.TOO_MANY_TRIES, "too many tries in a minute");
        }
    }

    private static ResponseEntity<Void> refuse(RefusedSignInException e, HttpServletRequest request) {
        LOG.warn(
                "sign-in by the identity provider refused to {}: {}: {}",
                request.getRemoteAddr(),
                e.refusal().code(),
                e.getMessage());
        return redirect("/login?refused=" + e.refusal().code()).build();
    }

    private static ResponseEntity.BodyBuilder redirect(String address) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER).header(HttpHeaders.LOCATION, address);
    }
}
