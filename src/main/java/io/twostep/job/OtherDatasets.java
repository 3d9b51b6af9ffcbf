package io.twostep.job;

import io.twostep.dataset.Dataset;
import io.twostep.dataset.DatasetColumn;
import io.twostep.error.Excerpt;
import io.twostep.training.SplitShares;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The datasets that a request names beside the one to learn from.
 *
 * @param validation whose rows are watched
 * @param test whose rows are judged at the end
 */
record OtherDatasets(@Nullable Dataset validation, @Nullable Dataset test) {

    static final OtherDatasets NONE = new OtherDatasets(null, null);

    private static final String VALIDATION = "/split/validation_dataset";
    private static final String TEST = "/split/test_dataset";

    /**
     * Finds them, and notes what stands against them.
     *
     * @param columns of the dataset to learn from
     * @param features to predict from
     */
    static OtherDatasets of(
            TrainingRequest request,
            Columns columns,
            List<String> features,
            Function<String, Optional<Dataset>> datasets,
            Findings findings) {
        List<String> needed = new ArrayList<>(features);
        needed.addAll(request.targetColumns().names());
        if (request.sampleWeight() != null) {
            needed.add(request.sampleWeight());
        }
        Search search = new Search(request, columns, needed, datasets, findings);
        SplitShares split = request.split() == null ? SplitShares.DEFAULT : request.split();
        OtherDatasets found = new OtherDatasets(
                search.find(VALIDATION, split.validationDataset()), search.find(TEST, split.testDataset()));
        if (found.validation != null
                && found.test != null
                && found.validation.sha256().equals(found.test.sha256())) {
            findings.column(TEST, "has the same rows as the dataset for validation");
        }
        return found;
    }

    /** Of both. */
    long rows() {
        return Stream.of(validation, test)
                .flatMap(Stream::ofNullable)
                .mapToLong(Dataset::rows)
                .sum();
    }

    /** The same split with ids for whatever named them. */
    SplitShares named(SplitShares split) {
        return new SplitShares(
                split.validation(),
                split.test(),
                split.by(),
                validation == null ? null : validation.id(),
                test == null ? null : test.id());
    }

    private record Search(
            TrainingRequest request,
            Columns columns,
            List<String> needed,
            Function<String, Optional<Dataset>> datasets,
            Findings findings) {

        @Nullable
        Dataset find(String pointer, @Nullable String idOrName) {
            if (idOrName == null) {
                return null;
            }
            Dataset found = datasets.apply(idOrName).orElse(null);
            if (found == null) {
                findings.reference(pointer, "there is no dataset " + Excerpt.quoted(idOrName));
            } else if (found.sha256().equals(columns.dataset().sha256())) {
                findings.column(pointer, "has the same rows as the dataset to learn from");
            } else {
                Columns others = new Columns(found);
                others.checkAll(
                        pointer,
                        needed.stream()
                                .filter(name -> columns.find(name).isPresent())
                                .toList(),
                        findings);
                needed.forEach(name -> checkType(pointer, name, others));
                WeightCheck.checkOther(pointer, request, others, findings);
            }
            return found;
        }

        /** What is not there is noted already. */
        private void checkType(String pointer, String name, Columns others) {
            DatasetColumn here = columns.find(name).orElse(null);
            DatasetColumn there = others.find(name).orElse(null);
            if (here == null || there == null) {
                return;
            }
            if (here.type().isNumeric() != there.type().isNumeric()) {
                findings.column(
                        pointer,
                        "column %s holds %s there but %s in the dataset to learn from"
                                .formatted(Excerpt.quoted(name), kind(there), kind(here)));
            } else if (here.dateOrder() != null && there.dateOrder() != null && here.dateOrder() != there.dateOrder()) {
                findings.column(
                        pointer,
                        "column %s holds dates with the %s first there but the %s first in the dataset to learn from"
                                .formatted(
                                        Excerpt.quoted(name),
                                        there.dateOrder().first(),
                                        here.dateOrder().first()));
            }
        }

        private static String kind(DatasetColumn column) {
            return column.type().isNumeric() ? "numbers" : "text";
        }
    }
}
