package io.twostep.search;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How a search goes on: a pure function of what was asked for and of how its trials came out, so that it is the same
 * whoever asks, and when.
 */
final class Progression {

    private final List<Settings> all;
    private final List<Rung> rungs;

    private Progression(List<Settings> all, List<Rung> rungs) {
        this.all = all;
        this.rungs = rungs;
    }

    static Progression of(SearchSubmission submission) {
        List<Settings> all = submission.method().begin(submission.space());
        return new Progression(all, submission.method().rungs(all.size(), submission.epochs()));
    }

    /** How many trials there will be at most. */
    int trials() {
        return rungs.stream().mapToInt(Rung::trials).sum();
    }

    /** The trials that may begin now; none while others have to end first, and none once all have begun. */
    List<Trial> next(Leaderboard board) {
        for (int rung = 0; rung < rungs.size(); rung++) {
            List<Trial> missing = missing(wanted(rung, board), board);
            if (!missing.isEmpty() || board.isBusy(rung)) {
                return missing;
            }
        }
        return List.of();
    }

    /** All of the first rung; of each other the best of the one before. */
    private List<Trial> wanted(int rung, Leaderboard board) {
        Rung here = rungs.get(rung);
        if (rung == 0) {
            return IntStream.range(0, all.size())
                    .mapToObj(number -> Trial.of(rung, number, here.epochs(), all.get(number)))
                    .toList();
        }
        return board.best(rung - 1, here.trials()).stream()
                .map(Result::trial)
                .map(before -> Trial.of(rung, before.number(), here.epochs(), before.settings()))
                .toList();
    }

    private static List<Trial> missing(List<Trial> wanted, Leaderboard board) {
        Set<Place> begun =
                board.results().stream().map(result -> Place.of(result.trial())).collect(Collectors.toSet());
        return wanted.stream().filter(trial -> !begun.contains(Place.of(trial))).toList();
    }

    /** What tells one trial of a search from the others. */
    private record Place(int rung, int number) {

        static Place of(Trial trial) {
            return new Place(trial.rung(), trial.number());
        }
    }
}
