package dev.runyard.webapp.api.waitpoint;

import dev.runyard.protocol.id.WaitpointId;
import dev.runyard.webapp.config.AppProperties;
import dev.runyard.webapp.tenant.DerivedKeys;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/// Addresses at which a token is completed without a key. Their signature has a key of its own, so an address outlives
/// the rotation of an environment's secret key.
@Component
class CallbackAddress {
    private static final String ALGORITHM = "HmacSHA256";

    private final List<String> keys;
    private final String origin;

    CallbackAddress(DerivedKeys keys, AppProperties app) {
        this.keys = keys.derive("waitpoint-callback");
        this.origin = app.url();
    }

    String of(WaitpointId id) {
        return origin + "/api/v1/waitpoints/tokens/" + id + "/callback/" + sign(id.toString(), keys.getFirst());
    }

    /// Tells whether a signature belongs to an id; a comparison takes the same time whatever differs.
    boolean isSigned(String id, String signature) {
        byte[] given = signature.getBytes(StandardCharsets.UTF_8);
        return keys.stream()
                .anyMatch(key -> MessageDigest.isEqual(sign(id, key).getBytes(StandardCharsets.UTF_8), given));
    }

    private static String sign(String id, String key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(id.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
