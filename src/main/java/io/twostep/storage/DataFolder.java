package io.twostep.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The one folder that holds everything the service keeps. Only its owner may enter it: folders are made with mode 0700
 * and files with 0600 where the file system knows such modes. One process at a time works in it. What is made in it is
 * forced to the disk, so that a power cut takes no folder away from the files in it.
 */
public final class DataFolder implements AutoCloseable {

    private static final String TEMPORARY = "tmp";

    /** There from the first start until somebody says that the folder is furnished, however often the process dies. */
    private static final String NEW = "new";

    private final Path root;
    private final Force force;
    private final @Nullable FolderLock lock;
    private final Path temporary;
    private final Reserve reserve;

    /**
     * Makes the folder if it is missing, and empties what an earlier process left in its temporary part.
     *
     * @throws UncheckedIOException if the folder cannot be made or written to
     */
    public DataFolder(Path root) {
        this(root, Force.OR_END, false, 0);
    }

    /**
     * The same, and keeps other processes out until it is closed.
     *
     * @param reserve bytes of the disk that are held back for the database
     * @throws IllegalStateException if another process is in the folder
     */
    static DataFolder locked(Path root, long reserve) {
        return new DataFolder(root, Force.OR_END, true, reserve);
    }

    DataFolder(Path root, Force force, boolean locked, long reserveBytes) {
        this.root = root.toAbsolutePath().normalize();
        this.force = force;
        boolean isEmpty = isEmpty(this.root);
        this.lock = locked ? FolderLock.of(madeRoot()) : null;
        if (isEmpty) {
            file(NEW);
        }
        this.temporary = folder(TEMPORARY);
        try {
            deleteContents(temporary);
        } catch (IOException e) {
            throw new UncheckedIOException("the data folder " + this.root + " cannot be used", e);
        }
        this.reserve = new Reserve(this.root.resolve("reserve"), reserveBytes);
        reserve.isHeld();
    }

    /** Absolute. */
    public Path root() {
        return root;
    }

    /** Whether nothing was in the folder at first, and nobody has called {@link #furnished} since then. */
    public boolean isNew() {
        return Files.exists(root.resolve(NEW));
    }

    /** From now on the folder is not new, even after a crash. */
    public void furnished() {
        try {
            if (Files.deleteIfExists(root.resolve(NEW))) {
                force.folder(root);
            }
        } catch (IOException e) {
            throw new StorageException(e);
        }
    }

    /** A place for half-made files, on the same file system as everything else; emptied at start-up. */
    public Path temporary() {
        return temporary;
    }

    /** The folder of that name below the root, made if it is missing. */
    public Path folder(String name) {
        try {
            return makePrivateFolder(madeRoot().resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException("the data folder " + root + " cannot be used", e);
        }
    }

    /** The file of that name below the root, made empty if it is missing. */
    Path file(String name) {
        Path file = madeRoot().resolve(name);
        try {
            if (Files.notExists(file)) {
                Files.createFile(file);
                makePrivate(file);
                force.folder(root);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("the data folder " + root + " cannot be used", e);
        }
    }

    /** Puts a finished file of the temporary part in another one's place. */
    void replace(Path finished, Path replaced) throws IOException {
        makePrivate(finished);
        force.file(finished);
        Files.move(finished, replaced, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force.folder(root);
    }

    /** How much more the disk of this folder would take, as far as the system tells. */
    public long freeBytes() {
        try {
            return Files.getFileStore(temporary).getUsableSpace();
        } catch (IOException e) {
            throw new StorageException(e);
        }
    }

    /**
     * Looks whether something may be written that can be refused.
     *
     * @throws StorageException STORAGE_FULL while the disk is so full that the database lives on its reserve
     */
    public void requireRoom() {
        if (!reserve.isHeld()) {
            throw StorageException.full();
        }
    }

    /** Gives the database the room that was held back for it; false if that is gone already. */
    boolean releaseReserve() {
        return reserve.release();
    }

    /** The durable files of one area, such as {@code datasets}. */
    public Blobs blobs(String area) {
        return new Blobs(folder(area), force, this::requireRoom);
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

    /** Lets other processes in. */
    @Override
    public void close() {
        if (lock != null) {
            lock.close();
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

    private Path madeRoot() {
        try {
            return makePrivateFolder(root);
        } catch (IOException e) {
            throw new UncheckedIOException("the data folder " + root + " cannot be used", e);
        }
    }

    private Path makePrivateFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return folder;
        }
        makeParent(folder);
        if (knowsModes(folder)) {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectory(folder);
        }
        if (!folder.startsWith(root.resolve(TEMPORARY))) {
            forceParent(folder);
        }
        return folder;
    }

    private void makeParent(Path folder) throws IOException {
        Path parent = folder.getParent();
        if (parent != null && !Files.isDirectory(parent)) {
            makeParent(parent);
            Files.createDirectories(parent);
            forceParent(parent);
        }
    }

    private void forceParent(Path folder) throws IOException {
        if (folder.getParent() != null) {
            force.folder(folder.getParent());
        }
    }

    private static boolean isEmpty(Path folder) {
        String[] entries = folder.toFile().list();
        if (entries == null) {
            return Files.notExists(folder);
        }
        return entries.length == 0 || Set.of(entries).equals(Set.of(FolderLock.FILE));
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
