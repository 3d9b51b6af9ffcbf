package io.twostep.matrix;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** The folder into which native libraries are unpacked before they are loaded. */
final class NativeCache {

    /** The system property that names the folder. */
    static final String FOLDER = "twostep.native-cache";

    private static final String JAVACPP_FOLDER = "org.bytedeco.javacpp.cachedir";

    private NativeCache() {}

    /**
     * Tells JavaCPP the folder: the one given, else its own choice in the home directory, else, without a home to write
     * to, one in the folder for temporary files.
     *
     * @throws IOException if the folder given cannot be made or written to
     */
    static void choose() throws IOException {
        String given = System.getProperty(FOLDER);
        if (given != null) {
            Path folder = Files.createDirectories(Path.of(given));
            if (!Files.isWritable(folder)) {
                throw new IOException(FOLDER + "=" + given + " cannot be written to");
            }
            System.setProperty(JAVACPP_FOLDER, folder.toString());
        } else if (System.getProperty(JAVACPP_FOLDER) == null && !hasHome()) {
            System.setProperty(JAVACPP_FOLDER, temporary().toString());
        }
    }

    private static boolean hasHome() {
        Path home = Path.of(System.getProperty("user.home", ""));
        return home.isAbsolute() && Files.isDirectory(home) && Files.isWritable(home);
    }

    /** The same folder at every start, unless somebody else made it: a planted library would run as ours. */
    private static Path temporary() throws IOException {
        FileAttribute<?>[] ownerOnly =
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                        }
                        : new FileAttribute<?>[0];
        String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9]", "_");
        Path folder = Path.of(System.getProperty("java.io.tmpdir"), "twostep-native-" + user);
        try {
            return Files.createDirectory(folder, ownerOnly);
        } catch (FileAlreadyExistsException e) {
            return isOurs(folder) ? folder : Files.createTempDirectory("twostep-native-", ownerOnly);
        }
    }

    private static boolean isOurs(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) || !Files.isWritable(folder)) {
            return false;
        }
        Path probe = Files.createTempFile(folder, "owner", null);
        try {
            return Files.getOwner(folder).equals(Files.getOwner(probe));
        } finally {
            Files.delete(probe);
        }
    }
}
