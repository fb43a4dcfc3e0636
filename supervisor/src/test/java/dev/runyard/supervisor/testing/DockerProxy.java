package dev.runyard.supervisor.testing;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A TCP way to the Docker engine that can be cut.
public final class DockerProxy implements AutoCloseable {
    private static final UnixDomainSocketAddress ENGINE = UnixDomainSocketAddress.of("/var/run/docker.sock");

    private final ServerSocketChannel server;
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private volatile boolean isCut;

    public DockerProxy() {
        try {
            server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public String address() {
        return "tcp://127.0.0.1:" + server.socket().getLocalPort();
    }

    /// Cuts all connections, and new ones from now on.
    public void cut() {
        isCut = true;
        open.forEach(DockerProxy::closeQuietly);
        open.clear();
    }

    public void restore() {
        isCut = false;
    }

    @Override
    public void close() {
        cut();
        closeQuietly(server);
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel client = server.accept();
                if (isCut) {
                    client.close();
                } else {
                    connect(client);
                }
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void connect(SocketChannel client) throws IOException {
        SocketChannel engine = SocketChannel.open(ENGINE);
        open.add(client);
        open.add(engine);
        Thread.ofPlatform().daemon().start(() -> copy(client, engine));
        Thread.ofPlatform().daemon().start(() -> copy(engine, client));
    }

    private static void copy(SocketChannel from, SocketChannel to) {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        try {
            while (from.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
            to.shutdownOutput();
        } catch (IOException e) {
            closeQuietly(from);
            closeQuietly(to);
        }
    }

    private static void closeQuietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            // It is closed as far as it goes.
        }
    }
}
