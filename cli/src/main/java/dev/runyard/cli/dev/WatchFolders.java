package dev.runyard.cli.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Waits for changes of files in folders and everything below them, and of single files.
final class WatchFolders implements AutoCloseable {
    /// A save is several changes, and an editor or a branch switch saves several files.
    private static final Duration QUIET = Duration.ofMillis(60);

    private final WatchService service;
    private final Map<WatchKey, Path> folders = new HashMap<>();
    private final Set<Path> singles = new HashSet<>();
    private final Set<Path> roots = new HashSet<>();

    WatchFolders(Collection<Path> trees, Collection<Path> files) {
        try {
            this.service = FileSystems.getDefault().newWatchService();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (Path tree : trees) {
            Path root = tree.toAbsolutePath().normalize();
            roots.add(root);
            watchTree(root);
        }
        for (Path file : files) {
            Path single = file.toAbsolutePath().normalize();
            singles.add(single);
            Path folder = single.getParent();
            if (folder != null) {
                watch(folder);
            }
        }
    }

    /// Waits until something changed and then nothing any more for a moment; returns what.
    Set<Path> await() throws InterruptedException {
        Set<Path> changed = new HashSet<>();
        while (changed.isEmpty()) {
            collect(service.take(), changed);
        }
        WatchKey more = service.poll(QUIET.toMillis(), TimeUnit.MILLISECONDS);
        while (more != null) {
            collect(more, changed);
            more = service.poll(QUIET.toMillis(), TimeUnit.MILLISECONDS);
        }
        return changed;
    }

    private void collect(WatchKey key, Set<Path> changed) {
        Path folder = folders.get(key);
        for (WatchEvent<?> event : key.pollEvents()) {
            if (folder == null || !(event.context() instanceof Path name)) {
                continue;
            }
            Path path = folder.resolve(name);
            if (Files.isDirectory(path) && isInTree(path)) {
                watchTree(path);
                changed.add(path);
            } else if (singles.contains(path) || (isInTree(path) && !isScratch(name))) {
                changed.add(path);
            }
        }
        if (!key.reset()) {
            folders.remove(key);
        }
    }

    /// Editors write files of their own beside the one that they save.
    private static boolean isScratch(Path name) {
        String text = name.toString();
        return text.endsWith("~") || text.startsWith(".") || text.endsWith(".swp") || text.equals("4913");
    }

    private boolean isInTree(Path path) {
        return roots.stream().anyMatch(path::startsWith);
    }

    private void watchTree(Path root) {
        if (!Files.isDirectory(root)) {
            return;
        }
        try (Stream<Path> all = Files.walk(root)) {
            all.filter(Files::isDirectory).forEach(this::watch);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void watch(Path folder) {
        try {
            folders.put(
                    folder.register(
                            service,
                            StandardWatchEventKinds.ENTRY_CREATE,
                            StandardWatchEventKinds.ENTRY_MODIFY,
                            StandardWatchEventKinds.ENTRY_DELETE),
                    folder);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be watched: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
