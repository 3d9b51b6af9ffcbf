package io.twostep.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the service under test has been asked for and what it has acknowledged, kept outside of it. Each line is on the
 * disk before anybody relies on it.
 */
final class Ledger implements AutoCloseable {

    enum Kind {
        DATASET,
        NETWORK,
        JOB,
        MODEL
    }

    /** What is known of a thing. Between asking and the answer it may be there or not. */
    enum State {
        ASKED_FOR,
        ACKNOWLEDGED,
        ASKED_TO_GO,
        GONE
    }

    /** @param content tells that the thing is whole; what that is depends on its kind */
    record Entry(Kind kind, String name, String content, State state) {}

    /** What the content of a thing is called that is to go. */
    static final String UNKNOWN = "-";

    private final FileChannel file;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    Ledger(Path file) {
        try {
            this.file = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void note(Kind kind, String name, String content, State state) {
        Entry entry = new Entry(kind, name, content, state);
        force(entry.kind + " " + entry.name + " " + entry.state + " " + entry.content.hashCode() + "\n");
        entries.put(kind + " " + name, entry);
    }

    Optional<Entry> find(Kind kind, String name) {
        return Optional.ofNullable(entries.get(kind + " " + name));
    }

    List<Entry> all(Kind kind, State state) {
        return entries.values().stream()
                .filter(entry -> entry.kind == kind && entry.state == state)
                .toList();
    }

    List<Entry> all() {
        return List.copyOf(entries.values());
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void force(String line) {
        try {
            file.write(ByteBuffer.wrap(line.getBytes(UTF_8)));
            file.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
