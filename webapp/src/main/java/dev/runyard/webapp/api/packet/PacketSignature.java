package dev.runyard.webapp.api.packet;

import dev.runyard.webapp.tenant.DerivedKeys;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/// Signs the address under which one packet may be uploaded, or read, for a few minutes.
@Component
class PacketSignature {
    private final List<String> keys;
    private final PacketProperties properties;
    private final InstantSource clock;

    PacketSignature(DerivedKeys keys, PacketProperties properties, InstantSource clock) {
        this.keys = keys.derive("packet");
        this.properties = properties;
        this.clock = clock;
    }

    /// @param expires when the address ends, in seconds
    /// @param signature over all of it
    record Signed(long expires, String signature) {}

    /// Signs one use of a packet, `PUT` or `GET`.
    Signed sign(String method, String environment, String path) {
        long expires = clock.instant().plus(properties.addressLifetime()).getEpochSecond();
        return new Signed(expires, mac(keys.getFirst(), method, environment, path, expires));
    }

    boolean isValid(String method, String environment, String path, Signed signed) {
        byte[] given = signed.signature().getBytes(StandardCharsets.UTF_8);
        boolean isOurs = keys.stream()
                .map(key -> mac(key, method, environment, path, signed.expires()))
                .anyMatch(mac -> MessageDigest.isEqual(mac.getBytes(StandardCharsets.UTF_8), given));
        return isOurs && clock.instant().isBefore(Instant.ofEpochSecond(signed.expires()));
    }

    private static String mac(String key, String method, String environment, String path, long expires) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            String text = method + "\n" + environment + "\n" + expires + "\n" + path;
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
