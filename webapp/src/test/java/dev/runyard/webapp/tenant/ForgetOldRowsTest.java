package dev.runyard.webapp.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.protocol.id.TimeOrderedIds;
import dev.runyard.webapp.WebappTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class ForgetOldRowsTest extends WebappTest {
    @Autowired
    private ForgetOldRows forgetOldRows;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Projects projects;

    private final UUID organization = UUID.randomUUID();

    @Test
    void keepsTheRecordOfChangesForAYear() {
        addEvent("old", Duration.ofDays(366));
        addEvent("young", Duration.ofDays(364));

        forgetOldRows.forget();

        assertThat(jdbc.sql("select target from audit_event where organization_id = ?")
                        .param(organization)
                        .query(String.class)
                        .list())
                .containsExactly("young");
    }

    @Test
    void forgetsKeysThatNobodyMayUseAnyMore() {
        String ended = retiredKey(Duration.ofMinutes(-1));
        String accepted = retiredKey(Duration.ofMinutes(10));

        forgetOldRows.forget();

        assertThat(hashes()).contains(accepted).doesNotContain(ended);
    }

    private List<@Nullable String> hashes() {
        return jdbc.sql("select convert_from(key_hash, 'UTF8') from retired_key where key_sealed = '\\x01'")
                .query(String.class)
                .list();
    }

    private String retiredKey(Duration accepted) {
        String hash = UUID.randomUUID().toString();
        Instant now = Instant.now();
        jdbc.sql("""
                insert into retired_key (
                    key_hash, environment_id, key_sealed, key_sealed_with, retired_at, accepted_until)
                select ?, id, ?, key_sealed_with, ?, ? from environment where id = ?
                """)
                .param(hash.getBytes(StandardCharsets.UTF_8))
                .param(new byte[] {1})
                .param(now.atOffset(ZoneOffset.UTC))
                .param(now.plus(accepted).atOffset(ZoneOffset.UTC))
                .param(environment())
                .update();
        return hash;
    }

    /// Of its own: what is no key there would be in the way of others.
    private UUID environment() {
        UUID project = projects.create(projects.createOrganization("Retention").id(), "retention")
                .id();
        return projects.environment(project, EnvironmentType.STAGING)
                .orElseThrow()
                .id()
                .value();
    }

    private void addEvent(String target, Duration age) {
        Instant at = Instant.now().minus(age);
        jdbc.sql("""
                insert into audit_event (id, organization_id, actor_kind, actor, action, target, at)
                values (?, ?, 'key', 'test', 'test', ?, ?)
                """)
                .param(new TimeOrderedIds(() -> at).next())
                .param(organization)
                .param(target)
                .param(at.atOffset(ZoneOffset.UTC))
                .update();
    }
}
