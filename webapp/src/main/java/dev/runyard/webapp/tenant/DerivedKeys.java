package dev.runyard.webapp.tenant;

import java.util.HexFormat;
import org.springframework.stereotype.Component;

/// Makes keys for one purpose each out of the encryption key, so that an installation has one secret to keep.
@Component
public class DerivedKeys {
    private final Seal seal;

    DerivedKeys(Seal seal) {
        this.seal = seal;
    }

    /// Returns the key of a purpose, as text of 64 hexadecimal digits. Other purposes' keys tell nothing of it.
    public String derive(String purpose) {
        return HexFormat.of().formatHex(seal.derive(purpose));
    }
}
