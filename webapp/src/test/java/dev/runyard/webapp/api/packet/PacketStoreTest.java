package dev.runyard.webapp.api.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.testkit.time.SettableClock;
import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.config.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

/// The same promises from every store of packets. The bucket is one of a real server of S3's protocol.
class PacketStoreTest extends WebappTest {
    private static final int MAX_BYTES = 1_000;
    private static final Packet PACKET = new Packet("{\"json\":\"é😀\"}", "application/super+json");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final S3Server S3 = S3Server.start("payloads");

    @TempDir
    private static Path folder;

    @Autowired
    private PacketRepository repository;

    private final EnvironmentId one = new EnvironmentId(UUID.randomUUID());
    private final EnvironmentId other = new EnvironmentId(UUID.randomUUID());
    private final SettableClock clock = new SettableClock(Instant.parse("2026-08-01T10:00:00Z"));

    @AfterAll
    static void stop() {
        CLIENT.close();
        S3.close();
    }

    @ParameterizedTest
    @EnumSource(PacketProperties.Store.class)
    void returnsWhatWasSaved(PacketProperties.Store kind) {
        PacketStore store = store(kind);
        store.save(one, "a/ü b%2F/payload.json", PACKET);

        assertThat(store.find(one, "a/ü b%2F/payload.json")).contains(PACKET);
        assertThat(store.find(one, "a/ü b%2F/payload.txt")).isEmpty();
        assertThat(store.find(other, "a/ü b%2F/payload.json")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(PacketProperties.Store.class)
    void replacesWhatWasThere(PacketProperties.Store kind) {
        PacketStore store = store(kind);
        store.save(one, "p", PACKET);
        store.save(one, "p", new Packet("second\nline", "text/plain"));

        assertThat(store.find(one, "p")).contains(new Packet("second\nline", "text/plain"));
    }

    @ParameterizedTest
    @EnumSource(
            value = PacketProperties.Store.class,
            names = {"DATABASE", "FILE"})
    void removesWhatIsOld(PacketProperties.Store kind) {
        PacketStore store = store(kind);
        store.save(one, "old", PACKET);
        clock.advance(Duration.ofHours(1));
        store.save(one, "young", PACKET);

        store.deleteBefore(clock.instant().minus(Duration.ofMinutes(30)));

        assertThat(store.find(one, "old")).isEmpty();
        assertThat(store.find(one, "young")).contains(PACKET);
    }

    @Test
    void keepsFilesInItsFolderWhateverTheirPath() throws IOException {
        PacketStore store = store(PacketProperties.Store.FILE);
        store.save(one, "../../outside", PACKET);
        store.save(one, "x".repeat(2_000), PACKET);

        assertThat(store.find(one, "../../outside")).contains(PACKET);
        try (Stream<Path> files = Files.list(folder.resolve(one.toString()))) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void letsCallersUploadToAndDownloadFromTheBucket() throws Exception {
        PacketStore store = store(PacketProperties.Store.S3);
        URI upload = store.uploadAddress(one, "trigger/t/payload.json").orElseThrow();

        HttpResponse<String> put = CLIENT.send(
                HttpRequest.newBuilder(upload)
                        .header("content-type", "application/super+json")
                        .PUT(BodyPublishers.ofString(PACKET.content()))
                        .build(),
                BodyHandlers.ofString());
        HttpResponse<String> got = CLIENT.send(
                HttpRequest.newBuilder(store.downloadAddress(one, "trigger/t/payload.json")
                                .orElseThrow())
                        .build(),
                BodyHandlers.ofString());

        assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
        assertThat(upload.getPath()).startsWith("/payloads/packets/" + one + "/trigger/");
        assertThat(upload.getQuery()).contains("X-Amz-Signature=").contains("X-Amz-Expires=300");
        assertThat(got.body()).isEqualTo(PACKET.content());
        assertThat(got.headers().firstValue("content-type")).contains("application/super+json");
        assertThat(store.find(one, "trigger/t/payload.json")).contains(PACKET);
    }

    @Test
    void saysThatTheBucketIsMissing() {
        assertThatThrownBy(() -> s3("nowhere").find(one, "p"))
                .hasMessageContaining("The bucket refused to read a packet: 404")
                .hasMessageContaining("NoSuchBucket");
    }

    @Test
    void refusesWhatIsTooLargeForAPayload() {
        PacketStore store = store(PacketProperties.Store.S3);
        store.save(one, "fits", new Packet("x".repeat(MAX_BYTES), "text/plain"));
        store.save(one, "large", new Packet("x".repeat(MAX_BYTES + 1), "text/plain"));

        assertThat(store.find(one, "fits")).isPresent();
        assertThatThrownBy(() -> store.find(one, "large"))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("maximum size of " + MAX_BYTES);
    }

    @Test
    void givesAddressesOfItsOwnOnlyWhereTheStoreHasSome() {
        assertThat(store(PacketProperties.Store.DATABASE).uploadAddress(one, "p"))
                .isEqualTo(Optional.empty());
        assertThat(store(PacketProperties.Store.FILE).downloadAddress(one, "p")).isEqualTo(Optional.empty());
    }

    private PacketStore store(PacketProperties.Store kind) {
        return switch (kind) {
            case DATABASE -> new DatabasePackets(repository, clock);
            case FILE -> new FilePackets(folder, clock);
            case S3 -> s3("payloads");
        };
    }

    private static PacketStore s3(String bucket) {
        return PacketConfig.s3(
                new PacketProperties(
                        PacketProperties.Store.S3,
                        null,
                        Duration.ofDays(1),
                        Duration.ofMinutes(5),
                        new PacketProperties.S3(
                                S3.endpoint(), "us-east-1", bucket, "packets/", "access", new Secret("secret"), true)),
                MAX_BYTES);
    }
}
