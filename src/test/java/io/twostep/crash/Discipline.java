package io.twostep.crash;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what {@link Strace} tells of one life and sees what a power cut could take, though no kill can: bytes that were
 * not forced before their file got its name, names that were not forced before a row spoke of them, and rows that were
 * not forced before they were acknowledged.
 */
final class Discipline {

    private static final Pattern ON_FILE =
            Pattern.compile("\\b(pwrite64|write|ftruncate|fsync|fdatasync)\\(\\d+<([^>]*)>(.*)");
    private static final Pattern RENAME = Pattern.compile("\\brename\\w*\\(.*?\"([^\"]*)\".*?\"([^\"]*)\"");
    private static final String ACKNOWLEDGED = "\"" + CrashMain.MARK + CrashMain.ACKNOWLEDGE + " ";

    private final Path datasets;
    private final Path models;
    private final Path database;
    private final Set<String> unforced = new HashSet<>();
    private final List<String> findings = new ArrayList<>();
    private int renames;
    private int acknowledgements;

    Discipline(Path dataFolder) {
        this.datasets = dataFolder.resolve("datasets");
        this.models = dataFolder.resolve("models");
        this.database = dataFolder.resolve("twostep.mv.db");
    }

    synchronized void see(String line) {
        Matcher rename = RENAME.matcher(line);
        Matcher file = ON_FILE.matcher(line);
        if (rename.find()) {
            renamed(rename.group(1), rename.group(2));
        } else if (file.find()) {
            if (file.group(1).contains("sync")) {
                unforced.remove(file.group(2));
            } else {
                written(file.group(2), file.group(3));
            }
        }
    }

    synchronized List<String> findings() {
        return List.copyOf(findings);
    }

    /** Whether anything was seen that could have been wrong. */
    synchronized boolean sawMuch() {
        return renames >= 2 && acknowledgements >= 2;
    }

    private void renamed(String from, String to) {
        Path folder = Path.of(to).getParent();
        if (!datasets.equals(folder) && !models.equals(folder)) {
            return;
        }
        renames++;
        if (unforced.remove(from)) {
            findings.add("a file got its name before it was forced: " + to);
        }
        unforced.add(folder.toString());
    }

    private void written(String path, String rest) {
        Path folder = Path.of(path).getParent();
        if ((datasets.equals(folder) || models.equals(folder)) && !path.endsWith(".unfinished")) {
            findings.add("a file was written under its final name: " + path);
        }
        if (path.equals(database.toString()) && unforced.remove(datasets.toString())) {
            findings.add("a row was written before the folder was forced");
        }
        if (rest.contains(ACKNOWLEDGED + "DATASET") || rest.contains(ACKNOWLEDGED + "NETWORK")) {
            acknowledgements++;
            if (unforced.remove(database.toString())) {
                findings.add("a row was acknowledged before it was forced");
            }
        }
        if (path.startsWith(database.getParent().toString())) {
            unforced.add(path);
        }
    }
}
