package dev.runyard.webapp.tenant;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

/// A former key of an environment.
@Entity
@Table(name = "retired_key")
@NullUnmarked
@SuppressWarnings("UnusedVariable") // some columns are only written
class RetiredKey {
    @Id
    private byte[] keyHash;

    private UUID environmentId;
    private byte[] keySealed;
    private String keySealedWith;
    private Instant retiredAt;
    private Instant acceptedUntil;

    protected RetiredKey() {}

    RetiredKey(byte[] keyHash, UUID environmentId, SealedText sealed, Instant retiredAt, Instant acceptedUntil) {
        this.keyHash = keyHash;
        this.environmentId = environmentId;
        this.keySealed = sealed.bytes();
        this.keySealedWith = sealed.sealedWith();
        this.retiredAt = retiredAt;
        this.acceptedUntil = acceptedUntil;
    }

    UUID environmentId() {
        return environmentId;
    }

    SealedText key() {
        return new SealedText(keySealed, keySealedWith);
    }

    Instant acceptedUntil() {
        return acceptedUntil;
    }
}
