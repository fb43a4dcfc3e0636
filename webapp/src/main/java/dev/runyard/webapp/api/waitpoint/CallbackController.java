package dev.runyard.webapp.api.waitpoint;

import dev.runyard.engine.RunEngine;
import dev.runyard.engine.waitpoint.Waitpoint;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.api.body.Accepts;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.BodyText;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// Completes tokens for whoever has their address, such as another service's webhook. The signature is looked at first:
/// without a right one, nobody learns which tokens exist.
@RestController
class CallbackController {
    private final RunEngine engine;
    private final CallbackAddress addresses;
    private final TokenOutput outputs;
    private final WaitpointProperties properties;

    CallbackController(
            RunEngine engine, CallbackAddress addresses, TokenOutput outputs, WaitpointProperties properties) {
        this.engine = engine;
        this.addresses = addresses;
        this.outputs = outputs;
        this.properties = properties;
    }

    @Permit(to = Credential.SIGNED_ADDRESS)
    @Accepts(value = Object.class, optional = true)
    @PostMapping("/api/v1/waitpoints/tokens/{id}/callback/{signature}")
    Map<String, Boolean> complete(@PathVariable String id, @PathVariable String signature, HttpServletRequest request)
            throws IOException {
        if (!addresses.isSigned(id, signature)) {
            throw ApiException.of(HttpStatus.UNAUTHORIZED, "Invalid URL, hash doesn't match");
        }
        if (request.getContentLengthLong() < 0) {
            throw ApiException.of(HttpStatus.LENGTH_REQUIRED, "Content-Length header is required");
        }
        String body = BodyText.read(request, properties.completeBytes());
        Waitpoint token =
                ReadWait.id(id).flatMap(engine.waits().queries()::findAny).orElseThrow(ReadWait::notFound);
        return WaitpointController.answer(
                engine.waits().complete(token.environmentId(), token.id(), outputs.ofBody(body)));
    }
}
