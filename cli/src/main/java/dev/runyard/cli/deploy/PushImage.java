package dev.runyard.cli.deploy;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import dev.runyard.cli.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Makes an image of a bundle and pushes it to a registry. Needs no Docker engine.
final class PushImage implements DeployBundle.Publish {
    /// Jars that seldom change between two versions, in a layer of their own.
    private static final Predicate<String> PLATFORM =
            Pattern.compile("(runyard|jackson|slf4j|jspecify)-.*").asMatchPredicate();

    private static final List<String> ENTRYPOINT = List.of(
            "java",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:MaxRAMPercentage=75",
            "-XX:+ExitOnOutOfMemoryError",
            "-cp",
            "/app/lib/*",
            "dev.runyard.runner.Runner");

    private final ImageTarget target;

    PushImage(ImageTarget target) {
        this.target = target;
    }

    @Override
    public String publish(Path bundle, String contentHash) {
        String reference = target.reference(contentHash);
        try {
            var image = container(bundle).containerize(containerizer(reference));
            return reference + "@" + image.getDigest();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted while the image was pushed", e);
        } catch (RegistryException | CacheDirectoryCreationException | InvalidImageReferenceException e) {
            throw failure(reference, e);
        } catch (IOException e) {
            throw failure(reference, e);
        } catch (ExecutionException e) {
            throw failure(reference, e.getCause() == null ? e : e.getCause());
        }
    }

    private JibContainerBuilder container(Path bundle) throws IOException, InvalidImageReferenceException {
        ImageReference base = ImageReference.parse(target.base());
        RegistryImage from = RegistryImage.named(base);
        from.addCredentialRetriever(
                CredentialRetrieverFactory.forImage(base, _ -> {}).dockerConfig());
        if (base.getRegistry().equals(target.host())) {
            target.credentials().ifPresent(login -> from.addCredential(login.user(), login.password()));
        }
        List<Path> jars = jars(bundle);
        List<Path> platform =
                jars.stream().filter(jar -> PLATFORM.test(name(jar))).toList();
        List<Path> own = jars.stream().filter(jar -> !PLATFORM.test(name(jar))).toList();
        return Jib.from(from)
                .addLayer(platform, "/app/lib")
                .addLayer(own, "/app/lib")
                .setEntrypoint(ENTRYPOINT)
                .setUser("65532:65532")
                .setWorkingDirectory(com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath.get("/tmp"));
    }

    private Containerizer containerizer(String reference) throws InvalidImageReferenceException {
        ImageReference name = ImageReference.parse(reference);
        RegistryImage to = RegistryImage.named(name);
        target.credentials()
                .ifPresentOrElse(
                        login -> to.addCredential(login.user(), login.password()),
                        () -> to.addCredentialRetriever(CredentialRetrieverFactory.forImage(name, _ -> {})
                                .dockerConfig()));
        return Containerizer.to(to).setAllowInsecureRegistries(target.isLocal()).setToolName("runyard");
    }

    private static List<Path> jars(Path bundle) {
        Path lib = bundle.resolve("lib");
        try (Stream<Path> files = Files.list(lib)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(lib + " could not be read", e);
        }
    }

    private static String name(Path jar) {
        return String.valueOf(jar.getFileName());
    }

    private CommandFailure failure(String reference, Throwable cause) {
        return new CommandFailure(
                "The image " + reference + " could not be made of " + target.base() + " and pushed: "
                        + cause.getMessage(),
                cause);
    }
}
