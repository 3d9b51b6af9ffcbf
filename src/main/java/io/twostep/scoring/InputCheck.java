package io.twostep.scoring;

import io.twostep.dataset.Dataset;
import io.twostep.dataset.DatasetColumn;
import io.twostep.error.Excerpt;
import io.twostep.features.Feature;
import io.twostep.job.Columns;
import io.twostep.job.Findings;
import io.twostep.model.ModelVersion;
import java.util.List;

/** Whether a dataset has the columns that a model takes. */
public final class InputCheck {

    private static final String DATASET = "/dataset";

    private InputCheck() {}

    /** A column that is not there is more likely a mistake than a value that is missing everywhere. */
    public static void check(ModelVersion model, Dataset dataset, Findings findings) {
        Columns columns = new Columns(dataset);
        List<Feature> features = model.schema().features().features();
        columns.checkAll(DATASET, features.stream().map(Feature::name).toList(), findings);
        for (Feature feature : features) {
            columns.find(feature.name()).ifPresent(column -> checkType(feature, column, findings));
        }
    }

    /** Nobody knows any more whether a number was written {@code 1}, {@code 01} or {@code 1.0}. */
    private static void checkType(Feature feature, DatasetColumn column, Findings findings) {
        if (column.type().isNumeric() && !feature.takesNumbers()) {
            findings.column(
                    DATASET,
                    "the column " + Excerpt.quoted(column.name()) + " holds numbers where the model takes text: upload"
                            + " them as text, in JSON or Parquet, so that 01 is not taken for 1");
        }
    }
}
