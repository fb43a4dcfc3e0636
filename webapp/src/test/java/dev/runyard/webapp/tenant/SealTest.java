package dev.runyard.webapp.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runyard.webapp.config.Secret;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SealTest {
    private static final byte[] KEY = new byte[32];
    private static final byte[] OTHER_KEY = new byte[32];

    static {
        Arrays.fill(OTHER_KEY, (byte) 1);
    }

    private final Seal seal = new Seal(KEY);
    private final Secret secret = new Secret("tr_prod_abc");

    @Test
    void opensWhatItSealed() {
        assertThat(seal.open(seal.seal(secret, "env_1"), "env_1")).isEqualTo(secret);
    }

    @Test
    void neverSealsAlike() {
        assertThat(seal.seal(secret, "env_1")).isNotEqualTo(seal.seal(secret, "env_1"));
    }

    @Test
    void doesNotOpenForAnotherOwner() {
        SealedText sealed = seal.seal(secret, "env_1");

        assertThatThrownBy(() -> seal.open(sealed, "env_2")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void doesNotOpenWhatWasChanged() {
        SealedText sealed = seal.seal(secret, "env_1");
        sealed.bytes()[sealed.bytes().length - 1] ^= 1;

        assertThatThrownBy(() -> seal.open(sealed, "env_1")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void saysThatTheKeyIsAnother() {
        SealedText sealed = seal.seal(secret, "env_1");

        assertThatThrownBy(() -> new Seal(OTHER_KEY).open(sealed, "env_1"))
                .hasMessageContaining("sealed with the encryption key " + seal.keyId());
    }

    @Test
    void derivesAnotherKeyForEveryPurpose() {
        assertThat(seal.derive("a")).hasSize(32).isEqualTo(seal.derive("a")).isNotEqualTo(seal.derive("b"));
        assertThat(seal.derive("a")).isNotEqualTo(new Seal(OTHER_KEY).derive("a"));
    }

    @Test
    void takesKeysOf32BytesOnly() {
        assertThatThrownBy(() -> new Seal(new byte[16])).hasMessageContaining("32 bytes");
    }
}
