package dev.runyard.webapp.api.packet;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.api.body.Accepts;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.BodyText;
import dev.runyard.webapp.api.shared.StorableText;
import dev.runyard.webapp.auth.ApiCaller;
import dev.runyard.webapp.config.LimitsProperties;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/// Uploads and downloads of large payloads.
@RestController
class PacketController {
    private final PacketSignature signatures;
    private final Packets packets;
    private final LimitsProperties limits;

    PacketController(PacketSignature signatures, Packets packets, LimitsProperties limits) {
        this.signatures = signatures;
        this.packets = packets;
        this.limits = limits;
    }

    /// @param presignedUrl where to put the payload
    /// @param storagePath what to trigger with
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Upload(String presignedUrl, @Nullable String storagePath) {}

    @Permit(
            to = Credential.KEY,
            scopes = {"trigger:tasks", "write:runs"})
    @Accepts(Void.class)
    @PutMapping("/api/v2/packets/{path}")
    Upload prepare(@AuthenticationPrincipal ApiCaller caller, @PathVariable String path) {
        return new Upload(uploadAddress(caller.environmentId(), path), path);
    }

    /// Older clients know that the path is the one they asked for.
    @Permit(
            to = Credential.KEY,
            scopes = {"trigger:tasks", "write:runs"})
    @Accepts(Void.class)
    @PutMapping("/api/v1/packets/{path}")
    Upload prepareForOlderClient(@AuthenticationPrincipal ApiCaller caller, @PathVariable String path) {
        return new Upload(uploadAddress(caller.environmentId(), path), null);
    }

    /// Any token of the environment may read its packets, as far as it knows their names.
    @Permit(
            to = {Credential.KEY, Credential.PUBLIC_TOKEN},
            anyScope = true)
    @GetMapping("/api/v1/packets/{path}")
    Upload prepareDownload(@AuthenticationPrincipal ApiCaller caller, @PathVariable String path) {
        return new Upload(downloadAddress(caller.environmentId(), path), null);
    }

    @Permit(to = Credential.SIGNED_ADDRESS)
    @GetMapping("/packets/{environment}/{path}")
    ResponseEntity<byte[]> download(
            @PathVariable String environment,
            @PathVariable String path,
            @RequestParam long expires,
            @RequestParam String signature) {
        check("GET", environment, path, new PacketSignature.Signed(expires, signature));
        Packet packet = packets.find(EnvironmentId.parse(environment), path)
                .orElseThrow(() -> ApiException.of(HttpStatus.NOT_FOUND, "Not found"));
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, packet.contentType())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment")
                .body(packet.content().getBytes(StandardCharsets.UTF_8));
    }

    @Permit(to = Credential.SIGNED_ADDRESS)
    @PutMapping("/packets/{environment}/{path}")
    void upload(
            @PathVariable String environment,
            @PathVariable String path,
            @RequestParam long expires,
            @RequestParam String signature,
            HttpServletRequest request)
            throws IOException {
        check("PUT", environment, path, new PacketSignature.Signed(expires, signature));
        EnvironmentId id = EnvironmentId.parse(environment);
        String content = StorableText.check("body", BodyText.read(request, limits.payloadBytes()));
        packets.save(id, path, new Packet(content, Objects.requireNonNullElse(request.getContentType(), "")));
    }

    private void check(String method, String environment, String path, PacketSignature.Signed signed) {
        if (!signatures.isValid(method, environment, path, signed)) {
            throw ApiException.of(HttpStatus.FORBIDDEN, "This address is not valid any more.");
        }
    }

    private String uploadAddress(EnvironmentId environment, String path) {
        checkPath(path);
        return packets.uploadAddress(environment, path)
                .map(URI::toString)
                .orElseGet(() -> address("PUT", environment, path));
    }

    private String downloadAddress(EnvironmentId environment, String path) {
        checkPath(path);
        return packets.downloadAddress(environment, path)
                .map(URI::toString)
                .orElseGet(() -> address("GET", environment, path));
    }

    private void checkPath(String path) {
        boolean isSound = !path.isBlank()
                && path.length() <= 4 * limits.nameLength()
                && !path.startsWith("/")
                && !path.contains("://")
                && Arrays.stream(path.split("/")).noneMatch(part -> part.equals(".") || part.equals(".."));
        if (!isSound) {
            throw ApiException.of(HttpStatus.BAD_REQUEST, "Invalid packet storage path");
        }
        StorableText.check("path", path);
    }

    /// The address at this server, for stores that have none of their own.
    private String address(String method, EnvironmentId environment, String path) {
        PacketSignature.Signed signed = signatures.sign(method, environment.toString(), path);
        return ServletUriComponentsBuilder.fromCurrentContextPath().toUriString() + "/packets/" + environment + "/"
                + URLEncoder.encode(path, StandardCharsets.UTF_8).replace("+", "%20") + "?expires=" + signed.expires()
                + "&signature=" + signed.signature();
    }
}
