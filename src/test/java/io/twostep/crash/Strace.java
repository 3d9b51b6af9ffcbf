package io.twostep.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Debian's {@code strace}, which tells what a process asks of the system, and can hold it or let it fail there. */
final class Strace {

    /** What changes a file or a folder. */
    private static final String CHANGES =
            "fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,ftruncate,pwrite64,write";

    /** Enough for the listener to strike before the thread goes on to its next call. */
    private static final int PAUSE_MICROS = 3000;

    private Strace() {}

    static boolean isThere() {
        try {
            Process process = new ProcessBuilder("strace", "-f", "-o", "/dev/null", "true")
                    .redirectErrorStream(true)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Runs a command and tells of all that changes files, with paths, on its standard error. */
    static List<String> telling() {
        return command(
                "-e", "trace=" + CHANGES + ",openat", "-e", "inject=" + CHANGES + ":delay_enter=" + PAUSE_MICROS);
    }

    /** Runs a command and lets the given calls fail from one on. */
    static List<String> failing(String calls, String error, int when) {
        return command("-e", "trace=" + calls, "-e", "inject=" + calls + ":error=" + error + ":when=" + when + "+");
    }

    /** Whether a line tells of a change below that folder: a call that has been made, or a file that was created. */
    static boolean tellsOfChange(String line, Path folder) {
        return line.contains(folder.toString())
                && Pattern.compile("\\b(" + CHANGES.replace(',', '|') + ")\\(")
                        .matcher(line)
                        .find();
    }

    /** Whether a line tells that a file was created below that folder. */
    static boolean tellsOfCreation(String line, Path folder) {
        return line.contains(folder.toString()) && line.contains("openat(") && line.contains("O_CREAT");
    }

    private static List<String> command(String... options) {
        List<String> command =
                new ArrayList<>(List.of("strace", "-f", "-y", "-qq", "--seccomp-bpf", "-e", "signal=none"));
        command.addAll(List.of(options));
        return command;
    }
}
