package dev.runyard.webapp.api.packet;

import dev.runyard.webapp.config.LimitsProperties;
import dev.runyard.webapp.config.RunyardProperties;
import dev.runyard.webapp.config.Secret;
import dev.runyard.webapp.config.WrongSettingException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// Chooses where packets lie.
@Configuration(proxyBeanMethods = false)
class PacketConfig {
    @Bean
    PacketStore packetStore(
            PacketProperties properties,
            PacketRepository repository,
            RunyardProperties server,
            LimitsProperties limits,
            InstantSource clock) {
        return switch (properties.store()) {
            case DATABASE -> new DatabasePackets(repository, clock);
            case FILE -> new FilePackets(folder(properties, server), clock);
            case S3 -> s3(properties, limits.payloadBytes());
        };
    }

    private static Path folder(PacketProperties properties, RunyardProperties server) {
        if (properties.folder() != null) {
            return properties.folder();
        }
        if (server.dataDir() == null) {
            throw new WrongSettingException(
                    "runyard.packets.store is file, and there is no folder for it.",
                    "Set runyard.packets.folder, or runyard.data-dir.");
        }
        return server.dataDir().resolve("packets");
    }

    static S3Packets s3(PacketProperties properties, int maxBytes) {
        PacketProperties.S3 bucket = properties.s3();
        if (bucket == null || bucket.bucket().isBlank()) {
            throw new WrongSettingException(
                    "runyard.packets.store is s3, and there is no bucket for it.", "Set runyard.packets.s3.bucket.");
        }
        return new S3Packets(presigner(bucket), new S3Packets.Bucket(bucket, properties.addressLifetime(), maxBytes));
    }

    private static S3Presigner presigner(PacketProperties.S3 bucket) {
        return S3Presigner.builder()
                .endpointOverride(bucket.endpoint())
                .region(Region.of(bucket.region()))
                .credentialsProvider(credentials(bucket))
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(bucket.pathStyle())
                        .build())
                .build();
    }

    private static AwsCredentialsProvider credentials(PacketProperties.S3 bucket) {
        return bucket.accessKey() == null
                ? DefaultCredentialsProvider.builder().build()
                : StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        bucket.accessKey(),
                        Objects.requireNonNullElse(bucket.secretKey(), new Secret(""))
                                .value()));
    }
}
