package io.twostep.training;

import io.twostep.error.InvalidValueException;
import io.twostep.features.ClassTarget;
import io.twostep.features.ColumnData;
import io.twostep.features.FeatureEncoder;
import io.twostep.features.NumberTarget;
import io.twostep.features.Split;
import io.twostep.features.Table;
import io.twostep.features.TargetEncoder;
import io.twostep.features.TargetKind;
import io.twostep.nn.Activation;
import io.twostep.nn.Network;
import io.twostep.nn.Task;
import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;

/**
 * A table made ready for a network: split, encoders fitted on the training rows and on nothing else, rows encoded.
 *
 * @param features the fitted columns
 * @param target the fitted target
 * @param network the recipe's network in the shape of these columns
 * @param training rows to learn from
 * @param validation rows to watch
 * @param test rows for the end
 * @param leftOut rows without a target, and validation and test rows whose label no training row has
 */
public record Preparation(
        FeatureEncoder features,
        TargetEncoder target,
        Network network,
        Examples training,
        Examples validation,
        Examples test,
        int leftOut) {

    /**
     * Splits, fits and encodes.
     *
     * @throws InvalidValueException if the columns do not fit the recipe; pointers are into the recipe's JSON
     */
    public static Preparation of(Table table, Recipe recipe) {
        ColumnData wanted = table.column(recipe.target());
        TargetKind kind = TargetKind.of(wanted, recipe.task());
        Table labelled = table.rows(wanted.presentRows());
        if (labelled.rows() < 2) {
            throw new InvalidValueException("target", "has a value in fewer than 2 rows");
        }
        SplitShares shares = recipe.split();
        Split split = Split.random(
                labelled.rows(),
                shares.validation(),
                shares.test(),
                recipe.training().seed());

        Table training = labelled.rows(split.training());
        FeatureEncoder features = FeatureEncoder.fit(training, recipe.features(), recipe.unseen());
        TargetEncoder target;
        Network network;
        if (kind == TargetKind.CLASSIFICATION) {
            ClassTarget classes = ClassTarget.fit(training.column(recipe.target()));
            target = classes;
            network = Network.of(
                    recipe.network(),
                    features.width(),
                    new Task.Classes(classes.labels().size()));
        } else {
            network = Network.of(recipe.network(), features.width(), new Task.Numbers(1));
            // Only a straight output reaches the whole range of a standardised target.
            boolean scaled = network.outputLayer().activation() instanceof Activation.Identity;
            target = NumberTarget.fit(training.column(recipe.target()), scaled);
        }
        Encoding encoding = new Encoding(labelled, features, target, network.outputs());
        Examples trainingRows = encoding.encode(split.training());
        Examples validationRows = encoding.encode(split.validation());
        Examples testRows = encoding.encode(split.test());
        int used = trainingRows.rows() + validationRows.rows() + testRows.rows();
        return new Preparation(features, target, network, trainingRows, validationRows, testRows, table.rows() - used);
    }

    private record Encoding(Table table, FeatureEncoder features, TargetEncoder target, int outputs) {

        private Examples encode(int[] rows) {
            ColumnData wanted = table.column(target.column());
            int[] known = Arrays.stream(target.knownRows(wanted.rows(rows)))
                    .map(index -> rows[index])
                    .toArray();
            Table part = table.rows(known);
            FMatrixRMaj x = new FMatrixRMaj(known.length, features.width());
            FMatrixRMaj y = new FMatrixRMaj(known.length, outputs);
            features.encode(part, x);
            target.encode(part.column(target.column()), y);
            return Examples.of(x, y);
        }
    }
}
