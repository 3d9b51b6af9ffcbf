package io.twostep.dataset;

import io.twostep.dataset.TableProfile.Kind;
import io.twostep.dataset.TableProfile.Warning;
import io.twostep.error.ErrorCode;
import io.twostep.error.Excerpt;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import io.twostep.error.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes the profile of some columns of a dataset. */
final class Profiling {

    /** Each column costs some passes over its values. */
    static final int MOST_COLUMNS = 100;

    /** Values that are compared to find rows that are there twice. */
    private static final long MOST_CELLS = 20_000_000;

    /** So much of a target is told by a column that should be looked at. */
    private static final double PERFECT = 0.995;

    private final Dataset dataset;
    private final TableStatistics table;

    Profiling(Dataset dataset, TableStatistics table) {
        this.dataset = dataset;
        this.table = table;
    }

    /**
     * The profile.
     *
     * @param wanted names of columns; empty for the first ones
     * @param target what shall be learned, if that is known already
     * @throws ServiceException INVALID_PARAMETER
     */
    TableProfile profile(List<String> wanted, @Nullable String target) {
        List<Integer> positions = positions(wanted);
        int targetPosition = target == null ? -1 : position("target", target);
        String targetName = target == null ? "" : target;
        List<Warning> warnings = new ArrayList<>(ProfileWarnings.of(dataset.rows(), dataset.columns(), targetName));
        Long duplicates = wanted.isEmpty() && dataset.rows() * dataset.columns().size() <= MOST_CELLS
                ? (Long) table.duplicateRows()
                : null;
        if (duplicates != null) {
            warnings.addAll(ProfileWarnings.ofDuplicates(duplicates, dataset.rows()));
        }
        List<ColumnProfile> columns = table.profiles(positions);
        columns.forEach(column -> warnings.addAll(ProfileWarnings.of(column, targetName)));
        if (targetPosition >= 0) {
            warnings.addAll(ofTarget(positions, targetPosition));
        }
        int omitted = dataset.columns().size() - columns.size();
        return new TableProfile(dataset.rows(), duplicates, columns, omitted, warnings);
    }

    private List<Warning> ofTarget(List<Integer> positions, int position) {
        DatasetColumn target = dataset.columns().get(position);
        long rows = dataset.rows() - target.missing();
        if (target.distinct() < 2) {
            return List.of();
        }
        List<Warning> warnings = new ArrayList<>();
        if (target.suggestsClasses()) {
            warnings.addAll(ProfileWarnings.ofClasses(target, rows, table.rarest(position)));
        }
        for (int other : positions) {
            if (other != position && table.tells(other, position, target.suggestsClasses()) > PERFECT) {
                warnings.add(new Warning(
                        Kind.SUSPICIOUSLY_PERFECT,
                        List.of(dataset.columns().get(other).name()),
                        "Tells " + Excerpt.quoted(target.name()) + " nearly always: is it known before?"));
            }
        }
        return warnings;
    }

    private List<Integer> positions(List<String> wanted) {
        if (wanted.size() > MOST_COLUMNS) {
            throw refused("column", "must stand at most " + MOST_COLUMNS + " times but stood " + wanted.size());
        }
        return wanted.isEmpty()
                ? IntStream.range(0, Math.min(MOST_COLUMNS, dataset.columns().size()))
                        .boxed()
                        .toList()
                : wanted.stream()
                        .map(name -> position("column", name))
                        .distinct()
                        .toList();
    }

    private int position(String parameter, String name) {
        int position = dataset.columnNames().indexOf(name);
        if (position < 0) {
            throw refused(
                    parameter,
                    "the dataset has no column " + Excerpt.quoted(name) + Spelling.hint(name, dataset.columnNames()));
        }
        return position;
    }

    private static ServiceException refused(String parameter, String detail) {
        return new ServiceException(ErrorCode.INVALID_PARAMETER, List.of(new Problem(parameter, detail)));
    }
}
