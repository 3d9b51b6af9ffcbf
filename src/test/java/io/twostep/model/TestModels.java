package io.twostep.model;

import io.twostep.features.Categorical;
import io.twostep.features.ClassTarget;
import io.twostep.features.FeatureEncoder;
import io.twostep.features.Numeric;
import io.twostep.features.UnseenCategory;
import io.twostep.job.TestJobs;
import io.twostep.model.Provenance.Rows;
import io.twostep.nn.Network;
import io.twostep.nn.Parameters;
import io.twostep.nn.Task;
import io.twostep.training.CalibrationBin;
import io.twostep.training.ClassCurves;
import io.twostep.training.ClassDetail;
import io.twostep.training.ClassEvaluation;
import io.twostep.training.ClassFigures;
import io.twostep.training.Evaluation;
import io.twostep.training.MajorityBaseline;
import java.util.List;

/** Models for tests, alike but for what a test cares about. */
public final class TestModels {

    private static final ModelSchema SCHEMA = new ModelSchema(
            new FeatureEncoder(List.of(
                    new Categorical("island", List.of("Biscoe", "Dream"), true, UnseenCategory.values()[0]),
                    new Numeric("bill_length_mm", 44.5, 43.9, 5.4))),
            new ClassTarget("species", List.of("Adelie", "Chinstrap", "Gentoo")));

    private static final Network NETWORK =
            Network.of(TestJobs.RECIPE.network(), SCHEMA.features().width(), new Task.Classes(3));

    private static final Provenance PROVENANCE = new Provenance(
            "ds_01K9ZX7B3M4T5V6W7X8Y9Z0A1B",
            "ab".repeat(32),
            TestJobs.RECIPE,
            "fast",
            "0.1.0",
            TestJobs.ALL_EPOCHS,
            100,
            97,
            new Rows(200, 50, 25, 3),
            null,
            null,
            null);

    private TestModels() {}

    /** A model whose parameters differ from seed to seed. */
    public static NewModel trainedBy(String jobId, String name, long seed) {
        return new NewModel(
                name,
                jobId,
                NETWORK,
                SCHEMA,
                new Evaluations(
                        new ClassEvaluation(
                                200, 0.1, 0.99, 0.985, 0.1, 0.98, null, null, null, null, null, null, null, null, null,
                                null),
                        null,
                        null),
                PROVENANCE,
                Parameters.initialize(NETWORK, seed));
    }

    /** An evaluation at its longest. */
    public static Evaluation withCurves() {
        List<Double> points = List.of(0.0, 0.5, 1.0);
        return new ClassEvaluation(
                3,
                0.1,
                1,
                1,
                0.1,
                1.0,
                1.0,
                1.0,
                0.01,
                1.0,
                0.0,
                1.0,
                0.05,
                new MajorityBaseline("Adelie", 0.5, 0.7),
                null,
                new ClassDetail(
                        List.of(new ClassFigures("Adelie", 3, 1, 1, 1, 1.0, null)),
                        List.of(List.of(3)),
                        List.of(new CalibrationBin(0, 0.1, 0, null, null)),
                        List.of(new ClassCurves(
                                "Adelie",
                                new ClassCurves.Roc(points, points, points),
                                new ClassCurves.PrecisionRecall(points, points, points)))));
    }
}
