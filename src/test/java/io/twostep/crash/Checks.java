package io.twostep.crash;

import io.twostep.crash.Ledger.Entry;
import io.twostep.crash.Ledger.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Compares a service that was started again with what it had acknowledged before. */
final class Checks {

    private static final Set<String> STATES =
            Set.of("queued", "running", "paused", "cancelling", "succeeded", "failed", "cancelled");

    private final Caller service;
    private final Ledger ledger;
    private final List<String> findings = new ArrayList<>();

    Checks(Caller service, Ledger ledger) {
        this.service = service;
        this.ledger = ledger;
    }

    /** What is lost, or only half there. */
    List<String> findings(Predicate<Entry> wanted) {
        try {
            for (Entry entry : ledger.all()) {
                if (wanted.test(entry)) {
                    check(entry);
                }
            }
            for (JsonNode listed : newest("/datasets")) {
                checkStranger(listed.get("name").asString());
            }
            for (JsonNode listed : newest("/models")) {
                whatModelSays(service, listed.get("name").asString());
            }
            return List.copyOf(findings);
        } catch (IOException e) {
            throw new UncheckedIOException("the service was not killed, but does not answer", e);
        }
    }

    /** What is there although nobody was told: requests that were carried out and not answered. */
    List<String> doneWithoutAnAnswer() {
        try {
            List<String> done = new ArrayList<>();
            for (Entry entry : ledger.all(Ledger.Kind.DATASET, State.ASKED_FOR)) {
                note(entry, "/datasets/", done);
            }
            for (Entry entry : ledger.all(Ledger.Kind.NETWORK, State.ASKED_FOR)) {
                note(entry, "/networks/", done);
            }
            return done;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void note(Entry asked, String path, List<String> done) throws IOException {
        Caller.Answer found = service.get(path + asked.name());
        if (found.status() != 404) {
            done.add("was never answered, but is there: " + path + asked.name());
        }
    }

    /** What a model says of itself and of one row; fails if it says nothing. */
    static String whatModelSays(Caller service, String model) throws IOException {
        Caller.Answer version = service.get("/models/" + model);
        Caller.Answer prediction =
                service.post("/models/" + model + "/predictions", "{\"instances\":[{\"x\":0.5,\"y\":-0.25}]}");
        if (version.status() != 200 || prediction.status() != 200) {
            throw new IllegalStateException(model + ": " + version + ", " + prediction);
        }
        return version.json().get("weights_sha256") + " " + prediction.json().get("predictions");
    }

    /**
     * Files that nobody owns. The folder holds one for each dataset and each version of a model, once no job is on its
     * way.
     */
    static List<String> orphans(Path dataFolder, int datasets, int versions) {
        List<String> orphans = new ArrayList<>();
        count(dataFolder.resolve("datasets"), datasets, orphans);
        count(dataFolder.resolve("models"), versions, orphans);
        count(dataFolder.resolve("checkpoints"), 0, orphans);
        count(dataFolder.resolve("tmp"), 0, orphans);
        return orphans;
    }

    private static void count(Path folder, int expected, List<String> orphans) {
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).toList();
            if (names.size() != expected) {
                orphans.add("%s holds %d files and not %d: %s"
                        .formatted(folder.getFileName(), names.size(), expected, names));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void check(Entry entry) throws IOException {
        switch (entry.kind()) {
            case DATASET -> checkDataset(entry);
            case NETWORK -> checkNetwork(entry);
            case JOB -> checkJob(entry);
            case MODEL -> {
                String said = said(entry.name());
                if (!said.equals(entry.content())) {
                    findings.add("model " + entry.name() + " was " + entry.content() + " and is " + said);
                }
            }
        }
    }

    private String said(String model) throws IOException {
        try {
            return whatModelSays(service, model);
        } catch (IllegalStateException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private void checkDataset(Entry entry) throws IOException {
        Caller.Answer content = service.get("/datasets/" + entry.name() + "/content?format=csv");
        boolean isThere = content.status() == 200
                && content.body().replace("\r", "").replace("\"", "").equals(entry.content());
        boolean isAway = content.status() == 404;
        boolean isRight = switch (entry.state()) {
            case ACKNOWLEDGED -> isThere;
            case ASKED_FOR, ASKED_TO_GO -> isThere || isAway;
            case GONE -> isAway;
        };
        if (!isRight) {
            findings.add("dataset %s, %s, %d rows: %s"
                    .formatted(
                            entry.name(), entry.state(), entry.content().lines().count() - 1, content));
        }
    }

    private void checkNetwork(Entry entry) throws IOException {
        Caller.Answer network = service.get("/networks/" + entry.name());
        boolean isThere = network.status() == 200
                && network.json().at("/layers/0/units").asInt() == Integer.parseInt(entry.content());
        boolean mayBeAway = entry.state() != State.ACKNOWLEDGED && network.status() == 404;
        if (!isThere && !mayBeAway) {
            findings.add("network " + entry + ": " + network);
        }
    }

    private void checkJob(Entry entry) throws IOException {
        Caller.Answer job = service.get("/training-jobs/" + entry.name());
        String status = job.status() == 200 ? job.json().get("status").asString() : "";
        if (!STATES.contains(status) || status.equals("failed")) {
            findings.add("job " + entry.name() + ": " + job);
        } else if (status.equals("succeeded")) {
            String name = entry.content() + "/versions/"
                    + job.json().get("model_version").asInt();
            if (!said(name).startsWith("\"")) {
                findings.add("job " + entry.name() + " has no model: " + said(name));
            }
        }
    }

    /** A dataset that is listed can be read, even if its upload was never answered. */
    private void checkStranger(String name) throws IOException {
        Caller.Answer rows = service.get("/datasets/" + name + "/rows?limit=1");
        if (rows.status() != 200) {
            findings.add("dataset " + name + " is listed and not there: " + rows);
        }
    }

    private List<JsonNode> newest(String path) throws IOException {
        List<JsonNode> items = new ArrayList<>();
        service.get(path + "?limit=50").json().get("items").forEach(items::add);
        return items;
    }
}
