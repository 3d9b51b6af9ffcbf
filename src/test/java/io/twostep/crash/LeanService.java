package io.twostep.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.twostep.crash.CrashMain.Work;
import io.twostep.crash.Ledger.Entry;
import io.twostep.crash.Ledger.Kind;
import io.twostep.crash.Ledger.State;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A process of {@link CrashMain}, and what it says. */
final class LeanService {

    private static final int PATIENCE_MINUTES = 5;

    private final Process process;
    private final Thread listener;
    private final Thread watcher;
    private final CountDownLatch ready = new CountDownLatch(1);
    private final Ledger ledger;

    /** What it found at its start, by kind and name. */
    final Map<String, String> has = new ConcurrentHashMap<>();

    /** The last lines that are meant for people. */
    final ConcurrentLinkedQueue<String> log = new ConcurrentLinkedQueue<>();

    /** Kills the process at a line on its standard error. */
    private final Predicate<String> fatal;

    /**
     * A process to be started.
     *
     * @param under a command that runs another one; empty for none
     * @param javaOptions what the run has of its own
     * @param main the class to run
     * @param run a word that no other run has
     */
    record Plan(
            List<String> under,
            List<String> javaOptions,
            String main,
            Path dataFolder,
            Ledger ledger,
            Work work,
            String run,
            long seed) {

        Plan(List<String> under, String main, Path dataFolder, Ledger ledger, Work work, String run, long seed) {
            this(under, List.of(), main, dataFolder, ledger, work, run, seed);
        }

        List<String> command() {
            List<String> command = new ArrayList<>(under);
            command.addAll(LeanJava.command(javaOptions, main));
            command.addAll(CrashMain.arguments(dataFolder, work, run, seed));
            return command;
        }
    }

    LeanService(Plan plan) {
        this(plan, line -> false);
    }

    /** @param fatal kills the process at the first line on its standard error of which it is true */
    LeanService(Plan plan, Predicate<String> fatal) {
        this.ledger = plan.ledger;
        this.fatal = fatal;
        try {
            this.process = new ProcessBuilder(plan.command()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.listener = new Thread(
                () -> {
                    lines(process.inputReader(UTF_8), this::hear);
                    ready.countDown();
                },
                "listener");
        this.watcher = new Thread(() -> lines(process.errorReader(UTF_8), this::watch), "watcher");
        listener.start();
        watcher.start();
    }

    /** Whether it has told what is there and begins to work; false if it ended instead. */
    boolean awaitReady() {
        try {
            return ready.await(PATIENCE_MINUTES, TimeUnit.MINUTES) && has.containsKey(CrashMain.READY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL; returns when all that was said before is noted. */
    void kill() {
        strike();
        awaitEnd();
    }

    private void strike() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    int awaitEnd() {
        try {
            int code = process.waitFor();
            listener.join();
            watcher.join();
            return code;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void lines(BufferedReader reader, Consumer<String> heard) {
        try (reader) {
            reader.lines().forEach(heard);
        } catch (IOException | UncheckedIOException e) {
            log.add(String.valueOf(e));
        }
    }

    private void watch(String line) {
        if (fatal.test(line)) {
            strike();
        }
    }

    private void hear(String line) {
        String[] words = line.split(" ");
        if (!line.startsWith(CrashMain.MARK) || words.length != 5) {
            log.add(line);
            return;
        }
        switch (words[1]) {
            case CrashMain.HAS -> has.put(words[2] + " " + words[3], words[4]);
            case CrashMain.READY -> {
                has.put(CrashMain.READY, "");
                ready.countDown();
            }
            case CrashMain.DONE -> has.put(CrashMain.DONE, "");
            case CrashMain.ASK -> note(words, State.ASKED_FOR);
            case CrashMain.ACKNOWLEDGE -> note(words, State.ACKNOWLEDGED);
            case CrashMain.ASK_TO_GO -> note(words, State.ASKED_TO_GO);
            case CrashMain.GONE -> note(words, State.GONE);
            default -> log.add(String.join(" ", words));
        }
    }

    private void note(String[] words, State state) {
        Kind kind = Kind.valueOf(words[2]);
        String content = ledger.find(kind, words[3]).map(Entry::content).orElse(words[4]);
        ledger.note(kind, words[3], content, state);
    }
}
