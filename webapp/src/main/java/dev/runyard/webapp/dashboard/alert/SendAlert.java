package dev.runyard.webapp.dashboard.alert;

import dev.runyard.webapp.config.AppProperties;
import dev.runyard.webapp.config.Secret;
import dev.runyard.webapp.dashboard.alert.DeliveryRepository.Due;
import dev.runyard.webapp.mail.MailServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Sends one message in the form of its channel.
@Component
class SendAlert {
    private static final Map<AlertKind, String> TYPES = Map.of(
            AlertKind.RUN_FAILURE, "run.failed",
            AlertKind.DEPLOYMENT, "deployment.deployed",
            AlertKind.TEST, "test");

    private final ChannelRepository channels;
    private final PostOutside post;
    private final MailServer mail;
    private final AppProperties app;
    private final JsonMapper json;
    private final InstantSource clock;

    SendAlert(
            ChannelRepository channels,
            PostOutside post,
            MailServer mail,
            AppProperties app,
            JsonMapper json,
            InstantSource clock) {
        this.channels = channels;
        this.post = post;
        this.mail = mail;
        this.app = app;
        this.json = json;
        this.clock = clock;
    }

    SendOutcome send(Due due) {
        ChannelRepository.Secrets secrets = channels.secrets(due.channel());
        String target = secrets.target().value();
        JsonNode data = json.readTree(due.body());
        return switch (due.kind()) {
            case WEBHOOK -> webhook(due, URI.create(target), secrets.secret(), data);
            case SLACK ->
                post.post(URI.create(target), Map.of(), json.writeValueAsString(Map.of("text", text(due, data))));
            case EMAIL ->
                mail.send(new MailServer.Mail(target, subject(due, data), text(due, data)))
                        .<SendOutcome>map(SendOutcome.NotNow::new)
                        .orElseGet(() -> new SendOutcome.Taken("Handed to the mail server"));
        };
    }

    private SendOutcome webhook(Due due, URI target, Secret secret, JsonNode data) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("id", due.id().toString());
        message.put("type", TYPES.get(due.about()));
        message.put("data", data);
        String body = json.writeValueAsString(message);
        String time = String.valueOf(clock.instant().getEpochSecond());
        return post.post(
                target,
                Map.of(
                        "x-runyard-delivery",
                        due.id().toString(),
                        "x-runyard-signature",
                        "t=" + time + ",v1=" + signature(secret, time + "." + body)),
                body);
    }

    static String signature(Secret secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.value().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private static String subject(Due due, JsonNode data) {
        return switch (due.about()) {
            case RUN_FAILURE -> "Run of " + text(data, "taskId") + " failed: " + text(data, "status");
            case DEPLOYMENT -> "Version " + text(data, "version") + " is deployed";
            case TEST -> "Runyard can reach you";
        };
    }

    private String text(Due due, JsonNode data) {
        String subject = subject(due, data);
        return switch (due.about()) {
            case RUN_FAILURE ->
                subject + "\n" + text(data, "errorName") + ": " + text(data, "message") + "\n" + runLink(data);
            case DEPLOYMENT -> subject + "\n" + app.url();
            case TEST -> "This is a test of an alert channel. It works.\n" + app.url();
        };
    }

    private String runLink(JsonNode data) {
        return app.url() + "/envs/" + text(data, "environmentId") + "/runs/" + text(data, "runId");
    }

    /// Subjects are one line.
    private static String text(JsonNode data, String member) {
        return data.path(member).asString("").replaceAll("\\s+", " ");
    }
}
