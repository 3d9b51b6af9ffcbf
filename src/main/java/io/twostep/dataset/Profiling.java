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

    private static final int MOST_CLASSES = 10_000;

    private final Dataset dataset;
    private final TableQuestions table;

    Profiling(Dataset dataset, TableQuestions table) {
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
        List<ColumnProfile> columns = new ArrayList<>();
        List<Warning> warnings = new ArrayList<>();
        long duplicates = table.duplicateRows();
        warnings.addAll(ProfileWarnings.ofDuplicates(duplicates));
        for (int position : positions) {
            ColumnProfile column = table.profile(position);
            columns.add(column);
            warnings.addAll(ProfileWarnings.of(dataset.rows(), column));
            if (targetPosition >= 0 && position != targetPosition && table.tells(position, targetPosition)) {
                warnings.add(new Warning(
                        Kind.SUSPICIOUSLY_PERFECT,
                        column.name(),
                        "tells " + Excerpt.quoted(String.valueOf(target)) + " without fault: is it known before?"));
            }
        }
        if (targetPosition >= 0 && isClasses(dataset.columns().get(targetPosition))) {
            warnings.addAll(ProfileWarnings.ofClasses(
                    dataset.columns().get(targetPosition).name(), table.top(targetPosition, MOST_CLASSES)));
        }
        return new TableProfile(
                dataset.rows(), duplicates, columns, dataset.columns().size() - columns.size(), warnings);
    }

    /** As {@link io.twostep.features.TargetKind} takes it, if nobody says otherwise. */
    private static boolean isClasses(DatasetColumn target) {
        return target.distinct() <= MOST_CLASSES
                && switch (target.type()) {
                    case NUMBER -> false;
                    case INTEGER -> target.distinct() <= io.twostep.features.TargetKind.MOST_WHOLE_CLASSES;
                    case BOOLEAN, CATEGORY, TEXT -> true;
                };
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
