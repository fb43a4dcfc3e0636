package dev.runyard.webapp.tenant;

import dev.runyard.webapp.config.BootstrapProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// The files by which a bootstrapped server tells other processes their keys.
@Component
class BootstrapFiles {
    private final BootstrapProperties properties;
    private final WorkerGroupTokenRepository tokens;
    private final MakeWorkerToken makeToken;
    private final JsonMapper json;

    BootstrapFiles(
            BootstrapProperties properties,
            WorkerGroupTokenRepository tokens,
            MakeWorkerToken makeToken,
            JsonMapper json) {
        this.properties = properties;
        this.tokens = tokens;
        this.makeToken = makeToken;
        this.json = json;
    }

    /// Makes a token unless the file holds one that still opens the group.
    void writeWorkerToken(WorkerGroup group) {
        Path file = properties.workerTokenPath();
        if (file == null || holdsValidToken(file, group)) {
            return;
        }
        write(file, makeToken.make(group.id()).token().value());
    }

    void writeSecrets(String projectRef, List<TenantEnvironment> environments) {
        Path file = properties.secretsPath();
        if (file == null) {
            return;
        }
        Map<String, Object> bySlug = new LinkedHashMap<>();
        environments.stream()
                .filter(environment -> environment.project().ref().equals(projectRef))
                .filter(environment -> environment.place().owner() == null
                        && environment.place().parent() == null)
                .forEach(environment -> bySlug.put(
                        environment.slug(),
                        Map.of(
                                "id", environment.id().toString(),
                                "secretKey", environment.secretKey().value())));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("projectRef", projectRef);
        document.put("environments", bySlug);
        write(file, json.writeValueAsString(document));
    }

    private boolean holdsValidToken(Path file, WorkerGroup group) {
        try {
            return Files.exists(file)
                    && tokens.findByTokenHash(
                                    Hashes.sha256(Files.readString(file).strip()))
                            .filter(token -> token.workerGroupId().equals(group.id()))
                            .isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException("The worker token in " + file + " could not be read", e);
        }
    }

    private static void write(Path file, String text) {
        try {
            PrivateFile.write(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + file + " could not be written", e);
        }
    }
}
