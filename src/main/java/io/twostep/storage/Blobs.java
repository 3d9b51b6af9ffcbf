package io.twostep.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Set;
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

    Blobs(Path folder) {
        this.folder = folder;
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
     * Deletes every file whose key is not among the live ones, and every unfinished one. For start-up, before anything
     * else writes here.
     *
     * @return how many files went
     */
    public int sweep(Set<String> live) {
        int swept = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (!live.contains(file.getFileName().toString())) {
                    Files.deleteIfExists(file);
                    swept++;
                }
            }
        } catch (IOException e) {
            throw new StorageException(e);
        }
        return swept;
    }

    private interface FileDigest {
        String of(Path file) throws IOException;
    }

    private Blob publish(String key, FileWriter writer, FileDigest digest) {
        Path target = path(key);
        Path unfinished = folder.resolve(Ids.next("new") + UNFINISHED);
        try {
            try {
                writer.write(unfinished);
                DataFolder.makePrivate(unfinished);
                force(unfinished, StandardOpenOption.WRITE);
                Blob blob = new Blob(key, digest.of(unfinished), Files.size(unfinished));
                Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                forceFolder();
                return blob;
            } finally {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException e) {
            throw new StorageException(e);
        }
    }

    private void forceFolder() throws IOException {
        // Windows cannot open a folder, and keeps its directory entries safe by itself.
        if (DataFolder.knowsModes(folder)) {
            force(folder, StandardOpenOption.READ);
        }
    }

    private static void force(Path path, StandardOpenOption mode) throws IOException {
        try (FileChannel channel = FileChannel.open(path, mode)) {
            channel.force(true);
        }
    }
}
