package dev.runyard.webapp.dashboard.alert;

import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.TimeOrderedIds;
import dev.runyard.webapp.api.shared.StorableText;
import dev.runyard.webapp.config.Secret;
import dev.runyard.webapp.dashboard.alert.AlertController.ChannelRequest;
import dev.runyard.webapp.mail.MailServer;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/// Channels of an environment, as people set them up.
@Component
class AlertChannels {
    private static final Pattern MAIL = Pattern.compile("[^@\\s\\p{Cntrl}]+@[^@\\s\\p{Cntrl}]+");
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_TARGET = 2_000;
    private static final int SECRET_BYTES = 32;
    private static final int SHOWN_DELIVERIES = 50;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ChannelRepository channels;
    private final DeliveryRepository deliveries;
    private final MailServer mail;
    private final AlertProperties properties;
    private final InstantSource clock;
    private final TimeOrderedIds ids;

    AlertChannels(
            ChannelRepository channels,
            DeliveryRepository deliveries,
            MailServer mail,
            AlertProperties properties,
            InstantSource clock) {
        this.channels = channels;
        this.deliveries = deliveries;
        this.mail = mail;
        this.properties = properties;
        this.clock = clock;
        this.ids = new TimeOrderedIds(clock);
    }

    List<Channel> list(EnvironmentId environment) {
        return channels.list(environment);
    }

    boolean canMail() {
        return mail.isThere();
    }

    /// Makes a channel.
    ///
    /// @throws IllegalArgumentException where something is wrong with it
    AlertController.Made create(EnvironmentId environment, ChannelRequest request) {
        if (channels.list(environment).size() >= properties.maxChannels()) {
            throw new IllegalArgumentException("This environment has " + properties.maxChannels()
                    + " channels already. Delete one, or raise runyard.alerts.max-channels.");
        }
        ChannelKind kind = Objects.requireNonNullElse(request.kind(), ChannelKind.WEBHOOK);
        String target = target(kind, request);
        byte[] random = new byte[SECRET_BYTES];
        RANDOM.nextBytes(random);
        String secret = "whsec_" + HexFormat.of().formatHex(random);
        Channel channel = new Channel(
                ids.next(),
                name(request),
                kind,
                hint(kind, target),
                !Boolean.FALSE.equals(request.onRunFailure()),
                Boolean.TRUE.equals(request.onDeployment()),
                !Boolean.FALSE.equals(request.isEnabled()),
                clock.instant());
        channels.add(environment, channel, new ChannelRepository.Secrets(new Secret(target), new Secret(secret)));
        return new AlertController.Made(channel.id(), kind == ChannelKind.WEBHOOK ? secret : null);
    }

    /// Changes what a channel is told; its target stays.
    Optional<Channel> update(EnvironmentId environment, UUID id, ChannelRequest request) {
        return channels.find(environment, id).map(known -> {
            Channel changed = new Channel(
                    known.id(),
                    request.name() == null ? known.name() : name(request),
                    known.kind(),
                    known.target(),
                    Objects.requireNonNullElse(request.onRunFailure(), known.onRunFailure()),
                    Objects.requireNonNullElse(request.onDeployment(), known.onDeployment()),
                    Objects.requireNonNullElse(request.isEnabled(), known.isEnabled()),
                    known.createdAt());
            channels.update(changed);
            return changed;
        });
    }

    boolean delete(EnvironmentId environment, UUID id) {
        return channels.delete(environment, id);
    }

    /// Sends a message that says that the channel works.
    Optional<UUID> test(EnvironmentId environment, UUID id) {
        return channels.find(environment, id).map(channel -> {
            UUID delivery = UUID.randomUUID();
            deliveries.addTest(channel.id(), delivery, "{\"message\":\"It works.\"}", clock.instant());
            return delivery;
        });
    }

    Optional<List<DeliveryRepository.Listed>> deliveries(EnvironmentId environment, UUID id) {
        return channels.find(environment, id).map(channel -> deliveries.list(channel.id(), SHOWN_DELIVERIES));
    }

    private static String name(ChannelRequest request) {
        String name = Objects.requireNonNullElse(request.name(), "").strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("The name must have 1 to " + LONGEST_NAME + " characters.");
        }
        return StorableText.check("name", name);
    }

    private String target(ChannelKind kind, ChannelRequest request) {
        String target = Objects.requireNonNullElse(request.target(), "").strip();
        if (target.length() > LONGEST_TARGET) {
            throw new IllegalArgumentException("The target must have at most " + LONGEST_TARGET + " characters.");
        }
        if (kind != ChannelKind.EMAIL) {
            PostOutside.problem(target).ifPresent(problem -> {
                throw new IllegalArgumentException("The target " + problem + ".");
            });
            return target;
        }
        if (!mail.isThere()) {
            throw new IllegalArgumentException("This server has no mail server: set spring.mail.host first.");
        }
        if (!MAIL.matcher(target).matches()) {
            throw new IllegalArgumentException("The target must be an e-mail address.");
        }
        return target;
    }

    /// Paths of webhooks are as good as passwords; hosts are not.
    private static String hint(ChannelKind kind, String target) {
        return kind == ChannelKind.EMAIL ? target : URI.create(target).getHost() + "/…";
    }
}
