package io.twostep.crash;

import io.twostep.crash.Ledger.Entry;
import io.twostep.crash.Ledger.Kind;
import io.twostep.crash.Ledger.State;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Somebody who uploads, defines, trains and deletes until the service is gone, and notes what it was told. */
final class Writer implements Runnable {

    /** A random line of this many rows, of whole numbers, so that a download is the upload. */
    private static final int MOST_ROWS = 200;

    private static final AtomicInteger NAMES = new AtomicInteger();

    private final Caller service;
    private final Ledger ledger;
    private final Random random;
    private final ConcurrentLinkedQueue<String> complaints;
    private final AtomicLong answers = new AtomicLong();
    private volatile boolean stopped;

    /** @param complaints takes every answer that no client should ever see */
    Writer(Caller service, Ledger ledger, long seed, ConcurrentLinkedQueue<String> complaints) {
        this.service = service;
        this.ledger = ledger;
        this.random = new Random(seed);
        this.complaints = complaints;
    }

    void stop() {
        stopped = true;
    }

    /** How many requests were answered. */
    long answers() {
        return answers.get();
    }

    @Override
    public void run() {
        runUntil(failure -> {
            if (failure instanceof Caller.LeavingException) {
                complaints.add("it says that it leaves, but nobody asked it to: " + failure);
            } // else it was killed
        });
    }

    /** @param end takes what ended it: a request that was not answered */
    void runUntil(Consumer<IOException> end) {
        try {
            while (!stopped) {
                step();
            }
        } catch (IOException e) {
            end.accept(e);
        } catch (RuntimeException e) {
            complaints.add("a writer fell: " + e);
        }
    }

    private void step() throws IOException {
        switch (random.nextInt(6)) {
            case 0, 1 -> upload();
            case 2 -> define();
            case 3, 4 -> train();
            default -> delete();
        }
    }

    private void upload() throws IOException {
        String name = "d" + NAMES.incrementAndGet();
        String csv = csv();
        ledger.note(Kind.DATASET, name, csv, State.ASKED_FOR);
        if (expect(service.post("/datasets?name=" + name, "text/csv", csv), 201)) {
            ledger.note(Kind.DATASET, name, csv, State.ACKNOWLEDGED);
        }
    }

    private void define() throws IOException {
        String name = "n" + NAMES.incrementAndGet();
        int units = 1 + random.nextInt(9);
        ledger.note(Kind.NETWORK, name, "" + units, State.ASKED_FOR);
        String json = "{\"name\":\"%s\",\"layers\":[{\"type\":\"dense\",\"units\":%d}]}".formatted(name, units);
        if (expect(service.post("/networks", json), 201)) {
            ledger.note(Kind.NETWORK, name, "" + units, State.ACKNOWLEDGED);
        }
    }

    /** Starts a job; sometimes waits for its model and notes what that says. */
    private void train() throws IOException {
        String model = "m" + random.nextInt(3);
        String json = ("{\"dataset\":\"vshape\",\"network\":\"hidden\",\"target\":\"label\",\"epochs\":%d,"
                        + "\"seed\":%d,\"model\":\"%s\"}")
                .formatted(1 + random.nextInt(10), random.nextInt(1000), model);
        Caller.Answer accepted = service.post("/training-jobs", json);
        if (accepted.status() == 429 || !expect(accepted, 202)) { // writers are faster than the worker
            return;
        }
        String id = accepted.json().get("id").asString();
        ledger.note(Kind.JOB, id, model, State.ACKNOWLEDGED);
        if (random.nextBoolean()) {
            follow(id, model);
        }
    }

    private void follow(String id, String model) throws IOException {
        for (int look = 0; look < 100 && !stopped; look++) {
            Caller.Answer job = service.get("/training-jobs/" + id);
            if (!expect(job, 200)) {
                return;
            }
            if (job.json().get("status").asString().equals("succeeded")) {
                String name =
                        model + "/versions/" + job.json().get("model_version").asInt();
                ledger.note(Kind.MODEL, name, Checks.whatModelSays(service, name), State.ACKNOWLEDGED);
                return;
            }
        }
    }

    private void delete() throws IOException {
        List<Entry> there = ledger.all(Kind.DATASET, State.ACKNOWLEDGED);
        if (there.isEmpty()) {
            return;
        }
        Entry chosen = there.get(random.nextInt(there.size()));
        ledger.note(Kind.DATASET, chosen.name(), chosen.content(), State.ASKED_TO_GO);
        Caller.Answer answer = service.delete("/datasets/" + chosen.name());
        if (answer.status() != 404 && expect(answer, 204)) { // another writer may have been quicker
            ledger.note(Kind.DATASET, chosen.name(), chosen.content(), State.GONE);
        }
    }

    private boolean expect(Caller.Answer answer, int status) {
        answers.incrementAndGet();
        if (answer.status() == status) {
            return true;
        }
        complaints.add("expected %d but was %d: %s".formatted(status, answer.status(), answer.body()));
        return false;
    }

    private String csv() {
        StringBuilder csv = new StringBuilder("a,b\n");
        for (int row = 1 + random.nextInt(MOST_ROWS); row > 0; row--) {
            csv.append(random.nextInt(1000))
                    .append(',')
                    .append(random.nextInt(1000))
                    .append('\n');
        }
        return csv.toString();
    }
}
