package io.twostep.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/**
 * The one folder that holds everything the service keeps. Only its owner may enter it: folders are made with mode 0700
 * and files with 0600 where the file system knows such modes. One process at a time works in it.
 */
public final class DataFolder {

    private static final String TEMPORARY = "tmp";

    private final Path root;
    private final boolean isNew;
    private final Path temporary;

    /**
     * Makes the folder if it is missing, and empties what an earlier process left in its temporary part.
     *
     * @throws UncheckedIOException if the folder cannot be made or written to
     */
    public DataFolder(Path root) {
        this.root = root.toAbsolutePath().normalize();
        this.isNew = isEmpty(this.root);
        this.temporary = folder(TEMPORARY);
        try {
            deleteContents(temporary);
        } catch (IOException e) {
            throw new UncheckedIOException("the data folder " + this.root + " cannot be used", e);
        }
    }

    /** Absolute. */
    public Path root() {
        return root;
    }

    /** Whether nothing was in the folder before this process used it. */
    public boolean isNew() {
        return isNew;
    }

    /** A place for half-made files, on the same file system as everything else; emptied at start-up. */
    public Path temporary() {
        return temporary;
    }

    /** The folder of that name below the root, made if it is missing. */
    public Path folder(String name) {
        try {
            makePrivateFolder(root);
            return makePrivateFolder(root.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException("the data folder " + root + " cannot be used", e);
        }
    }

    /** How much more the disk of this folder would take, as far as the system tells. */
    public long freeBytes() {
        try {
            return Files.getFileStore(temporary).getUsableSpace();
        } catch (IOException e) {
            throw new StorageException(e);
        }
    }

    /** The durable files of one area, such as {@code datasets}. */
    public Blobs blobs(String area) {
        return new Blobs(folder(area));
    }

    /** A new empty folder in {@link #temporary()}; the caller deletes it with {@link #delete}. */
    public Path newTemporaryFolder() {
        try {
            return makePrivateFolder(temporary.resolve(Ids.next("tmp")));
        } catch (IOException e) {
            throw new StorageException(e);
        }
    }

    /** Deletes a folder made by {@link #newTemporaryFolder()} and what is in it. */
    public void delete(Path temporaryFolder) {
        if (!temporaryFolder.startsWith(temporary) || temporaryFolder.equals(temporary)) {
            throw new IllegalArgumentException("not a temporary folder");
        }
        try {
            deleteContents(temporaryFolder);
            Files.deleteIfExists(temporaryFolder);
        } catch (IOException e) {
            throw new StorageException(e);
        }
    }

    /** Takes the rights of everyone but the owner from a file that some library wrote. */
    static void makePrivate(Path file) throws IOException {
        if (knowsModes(file)) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    static boolean knowsModes(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static Path makePrivateFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return folder;
        }
        if (folder.getParent() != null) {
            Files.createDirectories(folder.getParent());
        }
        if (knowsModes(folder)) {
            return Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        return Files.createDirectory(folder);
    }

    private static boolean isEmpty(Path folder) {
        String[] entries = folder.toFile().list();
        return entries == null || entries.length == 0;
    }

    private static void deleteContents(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.toList()) {
                if (Files.isDirectory(entry) && !Files.isSymbolicLink(entry)) {
                    deleteContents(entry);
                }
                Files.deleteIfExists(entry);
            }
        }
    }
}
