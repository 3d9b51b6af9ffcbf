package io.twostep.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Durable files of one area, each whole or absent. A file is written under another name, forced to the disk, renamed,
 * and its folder forced too; only then does a write return, and only then may a database row speak of it. What no row
 * speaks of is an orphan and goes with the next {@link #sweep}.
 *
 * <p>Methods throw {@link StorageException} when the disk fails, and {@link IllegalArgumentException} for a key that is
 * not a plain file name: keys are made by the service, never taken from a request.
 */
public final class Blobs {

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final String UNFINISHED = ".unfinished";

    private final Path folder;
    private final Force force;
    private final Runnable roomCheck;

    /** @param roomCheck throws if nothing may be written now */
    Blobs(Path folder, Force force, Runnable roomCheck) {
        this.folder = folder;
        this.force = force;
        this.roomCheck = roomCheck;
    }

    /** Writes bytes to the stream it is given; need not close it. */
    @FunctionalInterface
    public interface StreamWriter {
        void write(OutputStream out) throws IOException;
    }

    /** Writes a file at a path that does not exist yet, as a library does that wants a path and no stream. */
    @FunctionalInterface
    public interface FileWriter {
        void write(Path file) throws IOException;
    }

    /** Stores what the writer writes, replacing what was there under that key. */
    public Blob write(String key, StreamWriter writer) {
        MessageDigest digest = Sha256.digest();
        return publish(
                key,
                file -> {
                    try (OutputStream out = new DigestOutputStream(
                            Files.newOutputStream(file, StandardOpenOption.CREATE_NEW), digest)) {
                        writer.write(out);
                    }
                },
                file -> Sha256.hex(digest));
    }

    /** As {@link #write}, for a writer that wants a path; the file is read once more for its digest. */
    public Blob writeFile(String key, FileWriter writer) {
        return publish(key, writer, Sha256::of);
    }

    /**
     * Writes what the writer writes, without waiting for the disk: nothing of it is there until it is published.
     *
     * @return what was written; the caller publishes or discards it
     */
    public Draft draft(StreamWriter writer) {
        roomCheck.run();
        Path unfinished = unfinished();
        try {
            try (OutputStream out = Files.newOutputStream(unfinished, StandardOpenOption.CREATE_NEW)) {
                writer.write(out);
            } catch (IOException | RuntimeException e) {
                Files.deleteIfExists(unfinished);
                throw e;
            }
            return new Draft(unfinished, Files.size(unfinished));
        } catch (IOException e) {
            throw new StorageException(e);
        }
    }

    /** A file that is written and not there yet. */
    public final class Draft {

        private final Path file;
        private final long bytes;

        private Draft(Path file, long bytes) {
            this.file = file;
            this.bytes = bytes;
        }

        public long bytes() {
            return bytes;
        }

        /** Makes it durable under that key. */
        public Blob publish(String key) {
            return Blobs.this.publish(path(key), file, Sha256::of);
        }

        /** Deletes it, unless it is published. */
        public void discard() {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new StorageException(e);
            }
        }
    }

    public InputStream open(String key) {
        try {
            return Files.newInputStream(path(key));
        } catch (IOException e) {
            throw new StorageException(e);
        }
    }

    public byte[] read(String key) {
        try {
            return Files.readAllBytes(path(key));
        } catch (IOException e) {
            throw new StorageException(e);
        }
    }

    /** Where the file of that key is, or would be. For reading only. */
    public Path path(String key) {
        if (!KEY.matcher(key).matches() || key.endsWith(UNFINISHED)) {
            throw new IllegalArgumentException("not a key: " + key);
        }
        return folder.resolve(key);
    }

    /** Whether the file is there and has that digest; reads all of it. */
    public boolean verify(String key, String sha256) {
        try {
            return Sha256.of(path(key)).equals(sha256);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new StorageException(e);
        }
    }

    /** Deletes the file if it is there. */
    public void delete(String key) {
        try {
            Files.deleteIfExists(path(key));
        } catch (IOException e) {
            throw new StorageException(e);
        }
    }

    /**
     * Deletes every file whose key is not among the live ones, and every unfinished one. Where nothing is live, only
     * unfinished ones go: a database that knows none of these files may be another one than theirs. For start-up,
     * before anything else writes here.
     *
     * @return how many files went
     */
    public int sweep(Set<String> live) {
        return sweep(name -> isOrphan(name, live));
    }

    /** As {@link #sweep}, also where nothing is live: for what can be made again, or has never been anybody's. */
    public int sweepAll(Set<String> live) {
        return sweep(name -> !live.contains(name));
    }

    private int sweep(Predicate<String> orphan) {
        int swept = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (orphan.test(file.getFileName().toString())) {
                    Files.deleteIfExists(file);
                    swept++;
                }
            }
        } catch (IOException e) {
            throw new StorageException(e);
        }
        return swept;
    }

    private static boolean isOrphan(String name, Set<String> live) {
        return name.endsWith(UNFINISHED) || (!live.isEmpty() && !live.contains(name));
    }

    private interface FileDigest {
        String of(Path file) throws IOException;
    }

    private Blob publish(String key, FileWriter writer, FileDigest digest) {
        Path target = path(key);
        roomCheck.run();
        Path unfinished = unfinished();
        try {
            try {
                writer.write(unfinished);
                return publish(target, unfinished, digest);
            } finally {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException e) {
            throw new StorageException(e);
        }
    }

    private Blob publish(Path target, Path unfinished, FileDigest digest) {
        try {
            DataFolder.makePrivate(unfinished);
            force.file(unfinished);
            Blob blob = new Blob(target.getFileName().toString(), digest.of(unfinished), Files.size(unfinished));
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            force.folder(folder);
            return blob;
        } catch (IOException e) {
            throw new StorageException(e);
        }
    }

    private Path unfinished() {
        return folder.resolve(Ids.next("new") + UNFINISHED);
    }
}
