package dev.runyard.webapp.tenant;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

/// A person, as others here need them; signing in is the business of `session`.
@Entity
@Table(name = "app_user")
@NullUnmarked
@SuppressWarnings("UnusedVariable") // some columns are only written
class AppUser {
    @Id
    private UUID id;

    private String email;
    private String name;
    private Instant createdAt;

    protected AppUser() {}

    UUID id() {
        return id;
    }

    Person person() {
        return new Person(id, email, name);
    }
}
