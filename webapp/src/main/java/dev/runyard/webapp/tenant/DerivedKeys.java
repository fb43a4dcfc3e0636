package dev.runyard.webapp.tenant;

import java.util.HexFormat;
import java.util.List;
import org.springframework.stereotype.Component;

/// Makes keys for one purpose each out of the encryption key, so that an installation has one secret to keep.
@Component
public class DerivedKeys {
    private final Seal seal;

    DerivedKeys(Seal seal) {
        this.seal = seal;
    }

    /// Returns the keys of a purpose, each as text of 64 hexadecimal digits. Other purposes' keys tell
    /// nothing of them.
    ///
    /// The first one signs. All of them verify, so that what was signed before the encryption key was
    /// changed still holds.
    public List<String> derive(String purpose) {
        return seal.derive(purpose).stream().map(HexFormat.of()::formatHex).toList();
    }
}
