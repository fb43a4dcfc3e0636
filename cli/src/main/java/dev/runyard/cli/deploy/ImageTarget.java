package dev.runyard.cli.deploy;

import dev.runyard.cli.CommandFailure;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where an image goes, and what it is built on.
///
/// @param repository registry and name, such as `registry.example.com/acme/tasks`
/// @param base the image with a Java 25 to build on
/// @param login user and password; where absent, those of `docker login` are used
record ImageTarget(String repository, String base, @Nullable Login login) {
    private static final Pattern REPOSITORY =
            Pattern.compile("[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)+");
    private static final int TAG_LENGTH = 12;

    /// @param user the registry's user
    /// @param password password or token
    record Login(String user, String password) {
        @Override
        public String toString() {
            return user;
        }
    }

    ImageTarget {
        if (!REPOSITORY.matcher(repository).matches()) {
            throw new CommandFailure("--registry must name a registry and a repository in it, without a tag, such as"
                    + " localhost:5000/tasks. It is " + repository + ".");
        }
    }

    /// Returns the image of a build. The tag is made of the content, so that it never means anything else.
    String reference(String contentHash) {
        return repository + ":" + contentHash.substring(0, Math.min(TAG_LENGTH, contentHash.length()));
    }

    /// Returns the registry's host and port.
    String host() {
        return repository.substring(0, repository.indexOf('/'));
    }

    /// Tells whether the registry is on this machine, where images travel without TLS.
    boolean isLocal() {
        String name = host().replaceFirst(":\\d+$", "");
        return name.equals("localhost") || name.startsWith("127.");
    }

    Optional<Login> credentials() {
        return Optional.ofNullable(login);
    }
}
