package dev.runyard.webapp.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runyard.webapp.config.Secret;
import java.util.Arrays;
import java.util.List;
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
                .hasMessageContaining("sealed with the encryption key " + seal.keyId())
                .hasMessageContaining(new Seal(OTHER_KEY).keyId());
    }

    @Test
    void derivesAnotherKeyForEveryPurpose() {
        byte[] a = seal.derive("a").getFirst();

        assertThat(a)
                .hasSize(32)
                .isEqualTo(seal.derive("a").getFirst())
                .isNotEqualTo(seal.derive("b").getFirst());
        assertThat(a).isNotEqualTo(new Seal(OTHER_KEY).derive("a").getFirst());
    }

    @Test
    void opensWhatAnotherKeySealedAndSealsWithTheFirst() {
        Seal changed = new Seal(OTHER_KEY, List.of(KEY));

        assertThat(changed.open(seal.seal(secret, "env_1"), "env_1")).isEqualTo(secret);
        assertThat(changed.seal(secret, "env_1").sealedWith())
                .isEqualTo(new Seal(OTHER_KEY).keyId())
                .isEqualTo(changed.keyId());
        assertThat(changed.otherKeyIds()).containsExactly(seal.keyId());
    }

    @Test
    void derivesFromTheFirstKeyFirst() {
        assertThat(new Seal(OTHER_KEY, List.of(KEY)).derive("a"))
                .containsExactly(
                        new Seal(OTHER_KEY).derive("a").getFirst(),
                        seal.derive("a").getFirst());
    }

    @Test
    void takesTheSameKeyTwiceForOne() {
        Seal twice = new Seal(KEY, List.of(KEY, OTHER_KEY, OTHER_KEY));

        assertThat(twice.otherKeyIds()).containsExactly(new Seal(OTHER_KEY).keyId());
        assertThat(twice.derive("a")).hasSize(2);
    }

    @Test
    void saysThatATextIsCutOff() {
        assertThatThrownBy(() -> seal.open(new SealedText(new byte[11], seal.keyId()), "env_1"))
                .hasMessageContaining("env_1 is cut off");
    }

    @Test
    void takesKeysOf32BytesOnly() {
        assertThatThrownBy(() -> new Seal(new byte[16])).hasMessageContaining("32 bytes");
        assertThatThrownBy(() -> new Seal(KEY, List.of(new byte[33]))).hasMessageContaining("32 bytes");
    }
}
