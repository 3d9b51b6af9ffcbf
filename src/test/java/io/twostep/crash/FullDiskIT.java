package io.twostep.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.twostep.process.ServiceProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged service on a disk of 64 MB that others fill: what cannot be stored is refused as such, what was
 * acknowledged is there, reads and predictions go on, and when there is room again all is as before, without a restart.
 */
@Tag("crash")
class FullDiskIT {

    private static final int LEAST_LEFT = 0;
    private static final int MOST_LEFT = 600_000;
    private static final int OPERATIONS = 40;
    private static final String BIG_ROW = "123456,654321\n";

    @TempDir
    Path folder;

    @Test
    void refusesAndRecovers() throws IOException {
        assumeTrue(mayMount(), "a file system can be mounted by root only, where there are namespaces");
        long seed = Campaign.seed();
        Random random = new Random(seed);
        int times = Campaign.size("full-disks", 1);
        List<String> findings = new ArrayList<>();
        int refused = 0;
        Path disk = Files.createDirectory(folder.resolve("disk"));
        ServiceProcess service = ServiceProcess.launch(
                disk.resolve("data"), mounting(disk), ServiceProcess.SOON, ServiceProcess.packaged());
        try (Ledger ledger = new Ledger(folder.resolve("ledger"))) {
            service.awaitReady();
            Caller caller = new Caller(service.port());
            train(caller, ledger);
            for (int i = 0; i < times && findings.isEmpty(); i++) {
                Path filler = service.seenFromOutside(disk).resolve("filler");
                fill(filler, LEAST_LEFT + random.nextInt(MOST_LEFT));
                refused += work(caller, ledger, random, "d" + i, findings);
                findings.addAll(new Checks(caller, ledger).findings(entry -> true));
                Files.delete(filler);
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> upload(caller, "after" + System.nanoTime(), 1) == 201);
                findings.addAll(new Checks(caller, ledger).findings(entry -> true));
            }
        } finally {
            service.close();
        }
        String report = "%d times full, %d requests refused, findings: %d".formatted(times, refused, findings.size());
        Campaign.report("full disks, seed " + seed, report);
        assertThat(findings).as("seed %d: %s", seed, report).isEmpty();
        assertThat(refused).as(report).isPositive();
    }

    /** Uploads, networks and jobs; each is acknowledged, or refused for want of room. Answers how many were refused. */
    private static int work(Caller caller, Ledger ledger, Random random, String prefix, List<String> findings)
            throws IOException {
        int refused = 0;
        for (int i = 0; i < OPERATIONS; i++) {
            String name = prefix + "-" + i;
            String content = "a,b\n" + BIG_ROW.repeat(1 + random.nextInt(20_000));
            ledger.note(Ledger.Kind.DATASET, name, content, Ledger.State.ASKED_FOR);
            Caller.Answer answer = caller.post("/datasets?name=" + name, "text/csv", content);
            refused += take(answer, 201, Ledger.Kind.DATASET, name, content, ledger, findings);
            int units = 1 + random.nextInt(9);
            ledger.note(Ledger.Kind.NETWORK, name, "" + units, Ledger.State.ASKED_FOR);
            Caller.Answer network = caller.post(
                    "/networks",
                    "{\"name\":\"%s\",\"layers\":[{\"type\":\"dense\",\"units\":%d}]}".formatted(name, units));
            refused += take(network, 201, Ledger.Kind.NETWORK, name, "" + units, ledger, findings);
        }
        return refused;
    }

    private static int take(
            Caller.Answer answer,
            int accepted,
            Ledger.Kind kind,
            String name,
            String content,
            Ledger ledger,
            List<String> findings) {
        if (answer.status() == accepted) {
            ledger.note(kind, name, content, Ledger.State.ACKNOWLEDGED);
            return 0;
        }
        if (answer.status() != 507) {
            findings.add("%s %s: %s".formatted(kind, name, answer));
        }
        return 1;
    }

    private static int upload(Caller caller, String name, int rows) throws IOException {
        return caller.post("/datasets?name=" + name, "text/csv", "a,b\n" + BIG_ROW.repeat(rows))
                .status();
    }

    private static void train(Caller caller, Ledger ledger) throws IOException {
        String id = caller.post(
                        "/training-jobs", "{\"dataset\":\"vshape\",\"target\":\"label\",\"epochs\":3,\"model\":\"m\"}")
                .json()
                .get("id")
                .asString();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> caller.get("/training-jobs/" + id)
                        .json()
                        .get("status")
                        .asString()
                        .equals("succeeded"));
        ledger.note(Ledger.Kind.JOB, id, "m", Ledger.State.ACKNOWLEDGED);
        ledger.note(
                Ledger.Kind.MODEL,
                "m/versions/1",
                Checks.whatModelSays(caller, "m/versions/1"),
                Ledger.State.ACKNOWLEDGED);
    }

    /** Writes until the disk is full, and gives some of it back. */
    private static void fill(Path filler, int left) throws IOException {
        byte[] block = new byte[4096];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            try (var file = java.nio.channels.FileChannel.open(filler, java.nio.file.StandardOpenOption.WRITE)) {
                file.truncate(Math.max(0, file.size() - left));
            }
        }
    }

    /** Runs a command in a file system name space of its own, with a small disk there. */
    private static List<String> mounting(Path disk) {
        return List.of(
                "unshare", "-m", "sh", "-c", "mount -t tmpfs -o size=64m tmpfs '" + disk + "' && exec \"$@\"", "sh");
    }

    private boolean mayMount() {
        try {
            List<String> command = new ArrayList<>(mounting(Files.createDirectory(folder.resolve("trial"))));
            command.add("true");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
