package io.twostep.benchmark;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/**
 * Clients on connections that stay open, all served by the calling thread: each sends the same request again as soon as
 * it has the whole answer to the last one.
 */
final class Callers implements AutoCloseable {

    private final Selector selector = Selector.open();
    private final InetSocketAddress server;
    private final byte[] request;
    private final int connections;
    private final ByteBuffer received = ByteBuffer.allocate(1 << 16);
    private long[] latencies = new long[1 << 16];
    private int answers;

    Callers(InetSocketAddress server, byte[] request, int connections) throws IOException {
        this.server = server;
        this.request = request;
        this.connections = connections;
        connect();
    }

    /** Opens all connections anew: the service closes those that were idle for long. */
    void reconnect() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.selectNow(); // forgets them
        connect();
    }

    private void connect() throws IOException {
        for (int i = 0; i < connections; i++) {
            SocketChannel channel = SocketChannel.open(server);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, 0, new Caller(channel));
        }
    }

    /** Keeps all connections busy for a while; answers per second. */
    double run(double seconds) throws IOException {
        int before = answers;
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        for (SelectionKey key : selector.keys()) {
            ((Caller) key.attachment()).ask(key);
        }
        boolean waiting = true;
        while (waiting) {
            selector.select();
            boolean more = System.nanoTime() < end;
            for (SelectionKey key : selector.selectedKeys()) {
                ((Caller) key.attachment()).goOn(key, more);
            }
            selector.selectedKeys().clear();
            waiting = selector.keys().stream().anyMatch(key -> key.interestOps() != 0);
        }
        return (answers - before) / ((System.nanoTime() - start) / 1e9);
    }

    /** The first requests, which the service was not warm for, do not count among the latencies. */
    void forgetLatencies() {
        answers = 0;
    }

    double latencyMicros(double quantile) {
        long[] sorted = Arrays.copyOf(latencies, answers);
        Arrays.sort(sorted);
        return answers == 0 ? 0 : sorted[(int) (quantile * (answers - 1))] / 1e3;
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }

    private void answered(long nanos) {
        if (answers == latencies.length) {
            latencies = Arrays.copyOf(latencies, 2 * answers);
        }
        latencies[answers++] = nanos;
    }

    /** One connection. */
    private final class Caller {

        private final SocketChannel channel;
        private final ByteBuffer unsent = ByteBuffer.wrap(request);
        private final Answer answer = new Answer();
        private long asked;

        Caller(SocketChannel channel) {
            this.channel = channel;
        }

        void ask(SelectionKey key) throws IOException {
            asked = System.nanoTime();
            unsent.clear();
            answer.begin();
            send(key);
        }

        void goOn(SelectionKey key, boolean more) throws IOException {
            if (key.isWritable()) {
                send(key);
            } else if (receive()) {
                answered(System.nanoTime() - asked);
                key.interestOps(0);
                if (more) {
                    ask(key);
                }
            }
        }

        private void send(SelectionKey key) throws IOException {
            channel.write(unsent);
            key.interestOps(unsent.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        }

        /** Whether the answer is complete. */
        private boolean receive() throws IOException {
            received.clear();
            if (channel.read(received) < 0) {
                throw new EOFException("the service closed the connection");
            }
            received.flip();
            return answer.add(received);
        }
    }
}
