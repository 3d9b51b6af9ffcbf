package io.twostep.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.twostep.process.ServiceProcess;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service, told to leave by SIGTERM while clients write and read and a long job trains. */
@Tag("crash")
class LeavingIT {

    private static final int WRITERS = 3;
    private static final int READERS = 2;
    private static final int LONGEST_MILLIS = 2000;
    private static final Duration LONGEST_LEAVING = Duration.ofSeconds(30);

    /** Each life leaves more jobs in the queue than the next one can finish. */
    private static final List<String> ROOM =
            List.of("-Dtwostep.job.max-queued=100000", "-Dtwostep.job.max-queued-per-caller=100000");

    /** 128 and the number of SIGTERM. */
    private static final int TERMINATED = 143;

    private final AtomicInteger unread = new AtomicInteger();

    @TempDir
    Path folder;

    @Test
    void answersWhatIsUnderWayAndKeepsWhatItAcknowledged() {
        long seed = Campaign.seed();
        Random random = new Random(seed);
        int leavings = Campaign.size("leavings", 1);
        ConcurrentLinkedQueue<String> findings = new ConcurrentLinkedQueue<>();
        List<Duration> took = new ArrayList<>();
        try (Ledger ledger = new Ledger(folder.resolve("ledger"))) {
            for (int i = 0; i < leavings && findings.isEmpty(); i++) {
                took.add(leave(ledger, random, findings));
            }
            try (ServiceProcess after = start()) {
                Checks checks = new Checks(new Caller(after.port()), ledger);
                findings.addAll(checks.findings(entry -> true));
                findings.addAll(checks.doneWithoutAnAnswer());
            }
        }
        String report = "%d SIGTERMs, the longest took %s to leave; %d connections closed unread; findings: %d"
                .formatted(
                        took.size(),
                        took.stream().max(Duration::compareTo).orElse(Duration.ZERO),
                        unread.get(),
                        findings.size());
        Campaign.report("leaving under load, seed " + seed, report);
        assertThat(findings).as("seed %d: %s", seed, report).isEmpty();
    }

    private Duration leave(Ledger ledger, Random random, ConcurrentLinkedQueue<String> findings) {
        ServiceProcess service = start();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            Writer writer = new Writer(new Caller(service.port()), ledger, random.nextLong(), findings);
            clients.add(new Thread(() -> writer.runUntil(failure -> complain(failure, findings)), "writer-" + i));
        }
        for (int i = 0; i < READERS; i++) {
            clients.add(new Thread(() -> read(new Caller(service.port()), findings), "reader-" + i));
        }
        clients.add(new Thread(() -> train(new Caller(service.port()), ledger, findings), "waiter"));
        clients.forEach(Thread::start);
        Threads.pause(random.nextInt(LONGEST_MILLIS));
        long begin = System.nanoTime();
        service.terminate();
        int code = service.exitCode();
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        clients.forEach(Threads::join);
        if (code != TERMINATED || took.compareTo(LONGEST_LEAVING) > 0) {
            findings.add("exit code %d after %s: %s".formatted(code, took, service.output()));
        }
        return took;
    }

    /** A job that would run for minutes; the client waits for it, and is answered when the service leaves. */
    private static void train(Caller service, Ledger ledger, ConcurrentLinkedQueue<String> findings) {
        try {
            Caller.Answer job = service.postAndWait(
                    "/training-jobs",
                    "{\"dataset\":\"vshape\",\"target\":\"label\",\"epochs\":3000,\"model\":\"long\"}");
            if (job.status() == 202) {
                ledger.note(Ledger.Kind.JOB, job.json().get("id").asString(), "long", Ledger.State.ACKNOWLEDGED);
            } else {
                findings.add("a long job: " + job);
            }
        } catch (IOException e) {
            findings.add("a long job is not answered: " + e);
        }
    }

    private void read(Caller service, ConcurrentLinkedQueue<String> findings) {
        try {
            while (true) {
                Caller.Answer answer = service.get("/datasets/penguins");
                if (answer.status() != 200) {
                    findings.add("a reader got " + answer);
                    return;
                }
            }
        } catch (IOException e) {
            complain(e, findings);
        }
    }

    /**
     * A service that leaves takes no new connection. One that the system had taken for it may be closed before its request
     * is read: whoever wrote on it must find nothing done, see {@link Checks#doneWithoutAnAnswer}.
     */
    private void complain(IOException e, ConcurrentLinkedQueue<String> findings) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException || cause instanceof Caller.LeavingException) {
                return;
            }
            if (isClosedUnread(cause)) {
                unread.incrementAndGet();
                return;
            }
        }
        findings.add("a request was dropped: " + e);
    }

    private static boolean isClosedUnread(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return message.contains("received no bytes") || message.contains("Connection reset");
    }

    private ServiceProcess start() {
        List<String> options =
                Stream.concat(ServiceProcess.SOON.stream(), ROOM.stream()).toList();
        ServiceProcess service =
                ServiceProcess.launch(folder.resolve("data"), List.of(), options, ServiceProcess.packaged());
        service.awaitReady();
        return service;
    }
}
