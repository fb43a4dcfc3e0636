package dev.runyard.webapp.api.waitpoint;

import dev.runyard.engine.RunEngine;
import dev.runyard.engine.waitpoint.CompleteOutcome;
import dev.runyard.engine.waitpoint.CreateOutcome;
import dev.runyard.engine.waitpoint.Waitpoint;
import dev.runyard.engine.waitpoint.WaitpointKind;
import dev.runyard.engine.waitpoint.WaitpointPage;
import dev.runyard.protocol.id.WaitpointId;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.api.body.Accepts;
import dev.runyard.webapp.api.body.WaitBodies;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.BodyText;
import dev.runyard.webapp.api.shared.CursorPage;
import dev.runyard.webapp.api.shared.ObjectBody;
import dev.runyard.webapp.auth.ApiCaller;
import dev.runyard.webapp.auth.TokenHeaders;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Tokens: made and read with the secret key, completed also with a public token.
@RestController
class WaitpointController {
    private static final Map<String, Boolean> SUCCESS = Map.of("success", true);

    private final RunEngine engine;
    private final Reading reading;
    private final TokenOutput outputs;
    private final CallbackAddress addresses;
    private final TokenHeaders tokenHeaders;
    private final WaitpointProperties properties;

    /// What reads requests.
    @Component
    record Reading(ObjectBody bodies, ReadWait waits, ReadTokenFilter filter) {}

    WaitpointController(
            RunEngine engine,
            Reading reading,
            TokenOutput outputs,
            CallbackAddress addresses,
            TokenHeaders tokenHeaders,
            WaitpointProperties properties) {
        this.engine = engine;
        this.reading = reading;
        this.outputs = outputs;
        this.addresses = addresses;
        this.tokenHeaders = tokenHeaders;
        this.properties = properties;
    }

    /// @param url where the token is completed without a key
    record NewToken(String id, boolean isCached, String url) {}

    @Permit(to = Credential.KEY, scopes = "write:waitpoints")
    @Accepts(value = WaitBodies.Token.class, optional = true)
    @PostMapping("/api/v1/waitpoints/tokens")
    ResponseEntity<NewToken> create(@AuthenticationPrincipal ApiCaller caller, HttpServletRequest request)
            throws IOException {
        var body = reading.bodies().readOptional(request, properties.createBytes());
        CreateOutcome outcome = engine.waits().create(reading.waits().token(caller.environmentId(), body));
        return switch (outcome) {
            case CreateOutcome.Created(Waitpoint token, boolean isCached) ->
                tokenHeaders
                        .add(
                                ResponseEntity.ok(),
                                caller,
                                List.of("write:waitpoints:" + token.id()),
                                properties.tokenLifetime())
                        .body(new NewToken(token.id().toString(), isCached, addresses.of(token.id())));
            case CreateOutcome.Refused(String sentence) -> throw ApiException.unprocessable(sentence);
        };
    }

    @Permit(to = Credential.KEY, scopes = "read:waitpoints")
    @GetMapping("/api/v1/waitpoints/tokens")
    CursorPage<TokenItem> list(
            @AuthenticationPrincipal ApiCaller caller, @RequestParam MultiValueMap<String, String> parameters) {
        WaitpointPage page = engine.waits()
                .queries()
                .list(
                        reading.filter().filter(caller.environmentId(), parameters),
                        reading.filter().page(parameters));
        return CursorPage.of(
                page.waitpoints().stream()
                        .map(token -> TokenItem.inList(token, addresses.of(token.id())))
                        .toList(),
                page.next(),
                page.previous());
    }

    @Permit(to = Credential.KEY, scopes = "read:waitpoints:{id}")
    @GetMapping("/api/v1/waitpoints/tokens/{id}")
    TokenItem retrieve(@AuthenticationPrincipal ApiCaller caller, @PathVariable String id) {
        return ReadWait.id(id)
                .flatMap(token -> engine.waits().queries().find(caller.environmentId(), token))
                .filter(token -> token.kind() == WaitpointKind.MANUAL)
                .map(token -> TokenItem.full(token, addresses.of(token.id())))
                .orElseThrow(ReadWait::notFound);
    }

    @Permit(
            to = {Credential.KEY, Credential.PUBLIC_TOKEN},
            scopes = "write:waitpoints:{id}")
    @Accepts(value = WaitBodies.Complete.class, optional = true)
    @PostMapping("/api/v1/waitpoints/tokens/{id}/complete")
    Map<String, Boolean> complete(
            @AuthenticationPrincipal ApiCaller caller, @PathVariable String id, HttpServletRequest request)
            throws IOException {
        String body = BodyText.read(request, properties.completeBytes());
        if (!body.isBlank()) {
            // Tells where the body is no object.
            reading.bodies().parse(body);
        }
        WaitpointId token = ReadWait.id(id).orElseThrow(ReadWait::notFound);
        return answer(engine.waits().complete(caller.environmentId(), token, outputs.ofMember(body)));
    }

    static Map<String, Boolean> answer(CompleteOutcome outcome) {
        return switch (outcome) {
            case CompleteOutcome.Completed _ -> SUCCESS;
            case CompleteOutcome.TooLarge(int maxBytes) ->
                throw ApiException.of(
                        HttpStatus.CONTENT_TOO_LARGE, "The data of a token must have at most " + maxBytes + " bytes");
            case CompleteOutcome.Unknown _ -> throw ReadWait.notFound();
        };
    }
}
