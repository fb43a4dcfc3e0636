package dev.runyard.supervisor.workload.docker;

import com.github.dockerjava.api.command.PullImageCmd;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.AuthConfig;
import dev.runyard.supervisor.config.DockerProperties;
import dev.runyard.supervisor.config.PullPolicy;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sees to it that an image is there before a container is made of it.
final class ImageStore {
    private static final Logger log = LoggerFactory.getLogger(ImageStore.class);

    private final DockerConnection docker;
    private final DockerProperties properties;

    /// Runs of a new version arrive together; only one of them fetches its image.
    private final Map<String, ReentrantLock> fetches = new ConcurrentHashMap<>();

    ImageStore(DockerConnection docker, DockerProperties properties) {
        this.docker = docker;
        this.properties = properties;
    }

    /// Provides an image and returns why that is impossible, or nothing where it is there.
    Optional<String> provide(String image) throws InterruptedException {
        if (properties.pullPolicy() != PullPolicy.ALWAYS && exists(image)) {
            return Optional.empty();
        }
        if (properties.pullPolicy() == PullPolicy.NEVER) {
            return Optional.of("The image " + image + " does not exist on the supervisor's Docker engine.");
        }
        ReentrantLock lock = fetches.computeIfAbsent(image, _ -> new ReentrantLock());
        lock.lockInterruptibly();
        try {
            boolean fetchedMeanwhile = properties.pullPolicy() == PullPolicy.MISSING && exists(image);
            return fetchedMeanwhile ? Optional.empty() : fetch(image);
        } finally {
            lock.unlock();
            fetches.remove(image, lock);
        }
    }

    private boolean exists(String image) {
        try {
            docker.commands().inspectImageCmd(image).exec();
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    private Optional<String> fetch(String image) throws InterruptedException {
        log.info("fetching image {}", image);
        try {
            PullImageCmd pull = docker.streams().pullImageCmd(image);
            RegistryLogins.find(properties.registries(), image)
                    .ifPresent(login -> pull.withAuthConfig(new AuthConfig()
                            .withRegistryAddress(login.host())
                            .withUsername(login.username())
                            .withPassword(login.password().value())));
            boolean done = pull.start().awaitCompletion(properties.pullTimeout().toMillis(), TimeUnit.MILLISECONDS);
            if (!done) {
                return Optional.of(
                        "The image " + image + " could not be fetched within " + properties.pullTimeout() + ".");
            }
            return Optional.empty();
        } catch (DockerException e) {
            return Optional.of("The image " + image + " could not be fetched: " + Messages.of(e));
        }
    }
}
