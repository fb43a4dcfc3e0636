package dev.runyard.webapp.api.packet;

import dev.runyard.webapp.config.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Large payloads.
///
/// @param store where they lie
/// @param folder for the store `file`; below the data folder where it is absent
/// @param lifetime how long a payload that was uploaded may wait for its trigger
/// @param addressLifetime how long an address for an upload or a download holds
/// @param s3 the bucket of the store `s3`
@ConfigurationProperties("runyard.packets")
record PacketProperties(
        @DefaultValue("database") Store store,
        @Nullable Path folder,
        @DefaultValue("1d") Duration lifetime,
        @DefaultValue("5m") Duration addressLifetime,
        @Nullable S3 s3) {
    PacketProperties {
        if (lifetime.toMillis() < 1 || addressLifetime.toSeconds() < 1) {
            throw new IllegalArgumentException(
                    "runyard.packets: lifetime and address-lifetime must be 1 s or more, not " + lifetime + " and "
                            + addressLifetime);
        }
    }

    /// Where payloads lie.
    enum Store {
        /// In PostgreSQL, which needs nothing else.
        DATABASE,
        /// In a folder, which all webapps must share.
        FILE,
        /// In a bucket that speaks S3's protocol: callers upload to it without going through the webapp.
        S3
    }

    /// A bucket.
    ///
    /// @param endpoint address of the store, as callers reach it; absent for Amazon's own
    /// @param region name of its region; other stores take any
    /// @param bucket its name
    /// @param prefix what the names of all objects begin with
    /// @param accessKey of the account; absent to look where Amazon's tools do
    /// @param secretKey of the account
    /// @param pathStyle whether the bucket stands in the path and not in the host
    record S3(
            @Nullable URI endpoint,
            @DefaultValue("us-east-1") String region,
            String bucket,
            @DefaultValue("packets/") String prefix,
            @Nullable String accessKey,
            @Nullable Secret secretKey,
            @DefaultValue("true") boolean pathStyle) {}
}
