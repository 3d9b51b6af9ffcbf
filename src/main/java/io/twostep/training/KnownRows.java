package io.twostep.training;

import io.twostep.error.Excerpt;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Spelling;
import io.twostep.features.ClassTarget;
import io.twostep.features.Split;
import io.twostep.features.SplitPart;
import io.twostep.features.Table;
import io.twostep.features.TargetEncoder;
import java.util.Arrays;

/** The rows of each part whose target can be encoded: it is there, and if it is a label, some training row has it. */
final class KnownRows {

    private final Split split;
    private final Table wanted;
    private final TargetEncoder target;
    private final SplitShares shares;

    private KnownRows(Split split, Table wanted, TargetEncoder target, SplitShares shares) {
        this.split = split;
        this.wanted = wanted;
        this.target = target;
        this.shares = shares;
    }

    /**
     * Picks them out.
     *
     * @param wanted the columns of the target
     * @param shares what was asked for
     * @throws InvalidValueException with a pointer below {@code /split} if a part would be empty of which the request says
     *     which rows it has
     */
    static Split of(Split split, Table wanted, TargetEncoder target, SplitShares shares) {
        KnownRows known = new KnownRows(split, wanted, target, shares);
        return new Split(known.rows(SplitPart.TRAINING), known.rows(SplitPart.VALIDATION), known.rows(SplitPart.TEST));
    }

    private int[] rows(SplitPart part) {
        int[] all = split.rows(part);
        int[] known = Arrays.stream(target.knownRows(wanted.rows(all)))
                .map(place -> all[place])
                .toArray();
        if (known.length == 0) {
            requireNone(part, all);
        }
        return known;
    }

    /** Chance may draw no row, or one of a class that it gave to no other part; but not who says which rows they want. */
    private void requireNone(SplitPart part, int[] all) {
        if (shares.dataset(part) != null) {
            String rule = all.length == 0 ? "has no row with a target" : "has " + noneKnown(all);
            throw new InvalidValueException("split/" + SplitShares.datasetField(part), rule);
        }
        if (all.length > 0 && !shares.by().names().isEmpty()) {
            throw new InvalidValueException("split/by", "leaves for " + part.label() + " " + noneKnown(all));
        }
    }

    private String noneKnown(int[] rows) {
        String found = target instanceof ClassTarget classes
                ? classes.label(wanted.column(classes.column()), rows[0])
                        .map(label -> ": one has " + Excerpt.quoted(label) + Spelling.hint(label, classes.labels()))
                        .orElse("")
                : "";
        return "no row whose target a training row has" + found;
    }
}
