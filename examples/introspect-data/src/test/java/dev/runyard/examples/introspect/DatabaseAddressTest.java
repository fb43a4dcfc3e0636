package dev.runyard.examples.introspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DatabaseAddressTest {
    @Test
    void readsEveryPart() {
        assertThat(DatabaseAddress.parse("postgres://a%40b:p%2B+x@db.example.com:6432/shop?sslmode=require"))
                .isEqualTo(new DatabaseAddress(
                        "db.example.com", 6432, "shop", "a@b", "p++x", Map.of("sslmode", "require")));
    }

    @Test
    void readsTheLoginOfAJdbcUrl() {
        assertThat(DatabaseAddress.parse("jdbc:postgresql://localhost/shop?user=u&password=p%26q"))
                .isEqualTo(new DatabaseAddress("localhost", 5432, "shop", "u", "p&q", Map.of()));
    }

    @Test
    void keepsThePasswordOutOfItsText() {
        assertThat(DatabaseAddress.parse("postgres://u:secret@h/db").toString()).isEqualTo("u@h:5432/db");
    }
}
