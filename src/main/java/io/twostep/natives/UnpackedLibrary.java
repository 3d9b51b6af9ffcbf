package io.twostep.natives;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A native library that its own loader unpacks into the folder for temporary files, under another name at every start,
 * and means to delete when the process ends. A process that is killed would leave it there.
 */
public final class UnpackedLibrary {

    private static final Path MAPPINGS = Path.of("/proc/self/maps");

    private UnpackedLibrary() {}

    /**
     * Takes the file's name away as soon as the library is loaded, if the system lets it: on Linux, where what is mapped
     * stays until the process ends. Elsewhere, and when anything fails, nothing happens.
     *
     * @param name of the file before the digits that its loader adds, such as {@code libduckdb_java}
     */
    public static void forget(String name) {
        if (!Files.isReadable(MAPPINGS)) {
            return;
        }
        try {
            Path temporary = Path.of(System.getProperty("java.io.tmpdir")).toRealPath();
            for (Path file : mapped(Files.readAllLines(MAPPINGS), temporary, name)) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // The loader still deletes it when the process ends in order.
        }
    }

    /** The files of that name that this process, and no other, has loaded from the folder. */
    static List<Path> mapped(List<String> mappings, Path folder, String name) {
        Pattern file = Pattern.compile(Pattern.quote(folder + "/" + name) + "\\d+\\.so");
        return mappings.stream()
                .filter(line -> line.indexOf('/') > 0)
                .map(line -> line.substring(line.indexOf('/')))
                .filter(path -> file.matcher(path).matches())
                .distinct()
                .map(Path::of)
                .toList();
    }
}
