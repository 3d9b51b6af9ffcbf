package io.twostep.job;

import io.twostep.features.TargetColumns;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which columns to learn from: those that a request asks for, or all, without the target and what it leaves out. */
final class FeatureChoice {

    private final TrainingRequest request;
    private final Columns columns;
    private final Findings findings;

    private FeatureChoice(TrainingRequest request, Columns columns, Findings findings) {
        this.request = request;
        this.columns = columns;
        this.findings = findings;
    }

    /** The columns in the order of the request or else of the dataset; what is wrong with the choice is noted. */
    static List<String> of(TrainingRequest request, Columns columns, Findings findings) {
        FeatureChoice choice = new FeatureChoice(request, columns, findings);
        choice.checkExcluded();
        if (request.features() != null) {
            choice.checkAsked(request.features());
        }
        choice.checkNoTarget("/exclude", request.exclude());
        return choice.chosen();
    }

    private void checkExcluded() {
        columns.check("/exclude", request.exclude(), findings);
    }

    private void checkAsked(List<String> asked) {
        columns.check("/features", asked, findings);
        checkNoTarget("/features", asked);
        if (request.sampleWeight() != null && asked.contains(request.sampleWeight())) {
            findings.column("/features/" + asked.indexOf(request.sampleWeight()), "is the sample weight");
        }
        if (asked.stream().distinct().count() < asked.size()) {
            findings.column("/features", "names a column twice");
        }
    }

    private void checkNoTarget(String pointer, List<String> named) {
        TargetColumns targets = request.targetColumns();
        for (String target : targets.names()) {
            if (named.contains(target)) {
                findings.column(pointer + "/" + named.indexOf(target), targets.whatItIs());
            }
        }
    }

    private List<String> chosen() {
        List<String> asked = request.features();
        Set<String> without = new HashSet<>(request.exclude());
        without.addAll(request.targetColumns().names());
        List<String> chosen = (asked == null ? usual() : asked)
                .stream().filter(name -> !without.contains(name)).toList();
        if (chosen.isEmpty()) {
            findings.column(asked == null ? "/exclude" : "/features", "leaves no column to predict from");
        }
        return chosen;
    }

    /** All but columns that say how to divide the rows, which are learned from only if somebody asks, and weights. */
    private List<String> usual() {
        List<String> dividing = request.splitRule().names();
        return columns.names().stream()
                .filter(name -> !dividing.contains(name))
                .filter(name -> !name.equals(request.sampleWeight()))
                .toList();
    }
}
