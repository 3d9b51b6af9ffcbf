package io.twostep.crash;

import io.twostep.crash.CrashMain.Work;
import io.twostep.job.JobLife;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * One {@link RandomTraining} in a data folder of its own, and the processes that it takes: each but the last is killed,
 * one in five while it starts.
 */
final class KilledTraining {

    private static final int[] CORES = {1, 2, 3, 8};
    private static final int LONGEST_MILLIS = 500;
    private static final int ONE_IN = 5;

    /** After so many deaths without a checkpoint the next kill waits for one, or the job would be given up. */
    private static final int MOST_DEATHS = JobLife.MOST_DEATHS - 3;

    private final Path dataFolder;
    private final long which;
    private final Random random;
    private String result = "none";
    private long startMillis;
    private int deaths;
    private int kills;
    private int attempts;
    private List<String> orphans = List.of();

    /**
     * @param which the seed of the training
     * @param random decides when the kills come, and how many cores each process has
     */
    KilledTraining(Path folder, long which, Random random) {
        try {
            this.dataFolder = Files.createDirectory(folder).resolve("data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.which = which;
        this.random = random;
    }

    /** Trains until the job has ended, however often its process is killed on the way. */
    KilledTraining run(int wanted) {
        try (Ledger ledger = new Ledger(dataFolder.resolveSibling("ledger"))) {
            LeanService service = started(ledger);
            while (kills < wanted && isStruck(service)) {
                service = started(ledger);
            }
            service.awaitEnd();
            end(service);
        }
        return this;
    }

    /** How the job ended, and the hash of what came out of it. */
    String result() {
        return result;
    }

    int kills() {
        return kills;
    }

    /** Each attempt but the last ended with its process. */
    int killsWhileRunning() {
        return attempts - 1;
    }

    /** Files that nobody owns now that all is over. */
    List<String> orphans() {
        return orphans;
    }

    /** Lets a process work for a while and kills it, unless the job has ended. */
    private boolean isStruck(LeanService service) {
        if (deaths <= MOST_DEATHS && startMillis > 0 && random.nextInt(ONE_IN) == 0) {
            Threads.pause(random.nextLong(startMillis));
        } else {
            long begin = System.nanoTime();
            boolean ready = service.awaitReady();
            startMillis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
            if (!ready) {
                return false;
            }
            letRun(service);
        }
        if (isDone(service)) {
            return false;
        }
        service.kill();
        kills++;
        attempts = told(service, 0, attempts);
        deaths = 1 + told(service, 1, deaths);
        return true;
    }

    /** Until an attempt of its own has run for a while, and far enough that one more death does no harm. */
    private void letRun(LeanService service) {
        while (told(service, 0, 0) <= attempts && !isDone(service)) {
            Threads.pause(1);
        }
        Threads.pause(random.nextInt(LONGEST_MILLIS));
        while (told(service, 1, 0) > MOST_DEATHS && !isDone(service)) {
            Threads.pause(1);
        }
    }

    private void end(LeanService service) {
        attempts = told(service, 0, attempts);
        result = service.has.getOrDefault(CrashMain.RESULT + " -", "no result: " + service.log);
        int datasets = (int) service.has.keySet().stream()
                .filter(told -> told.startsWith("DATASET "))
                .count();
        orphans = Checks.orphans(dataFolder, datasets, result.startsWith("SUCCEEDED") ? 1 : 0);
    }

    private static boolean isDone(LeanService service) {
        return service.has.containsKey(CrashMain.RESULT + " -") || !service.isAlive();
    }

    /** One of the numbers that the process last told of the job: its attempts and its deaths. */
    private static int told(LeanService service, int which, int unknown) {
        String progress = service.has.get(CrashMain.PROGRESS + " -");
        return progress == null ? unknown : Integer.parseInt(progress.split(":")[which]);
    }

    private LeanService started(Ledger ledger) {
        List<String> options = List.of(
                "-XX:ActiveProcessorCount=" + CORES[random.nextInt(CORES.length)],
                "-Dtwostep.job.checkpoint-interval=1ms",
                "-Dtwostep.job.heartbeat=100ms");
        return new LeanService(new LeanService.Plan(
                List.of(), options, CrashMain.class.getName(), dataFolder, ledger, Work.TRAIN, "run" + kills, which));
    }
}
